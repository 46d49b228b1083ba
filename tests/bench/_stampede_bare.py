"""What the database alone allows, and the way not to do it, on the tables of this run."""

import random
import threading
import time
from typing import Any

from django.db import connection, connections, transaction


def rate(threads: int, seconds: float) -> float:
    """Transactions a second of the least a sign-up must write: one conditional UPDATE, one INSERT, durable."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_pool (id integer PRIMARY KEY, capacity integer, taken integer)")
        cursor.execute("CREATE TABLE bare_seat (pool integer, phone text, code text UNIQUE, UNIQUE (pool, phone))")
        cursor.execute("INSERT INTO bare_pool VALUES (1, 100000000, 0)")
    done = [0] * threads
    until = time.perf_counter() + seconds

    def work(number: int) -> None:
        try:
            while time.perf_counter() < until:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("UPDATE bare_pool SET taken = taken + 1 WHERE id = 1 AND taken < capacity")
                    mark = f"{number}-{done[number]}"
                    cursor.execute("INSERT INTO bare_seat VALUES (1, %s, %s)", [mark, f"c{mark}"])
                done[number] += 1
        finally:
            connections.close_all()

    _together(threads, work)
    return sum(done) / seconds


def naive(activity: Any, people: int, threads: int) -> int:
    """How many seats are sold by a sign-up that counts first and decides afterwards."""
    from jinguo.activities.models import SeatPool, SignUp
    from jinguo.people.models import Person

    pool = SeatPool.objects.get(session__activity=activity)
    capacity = pool.capacity
    person = Person.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_sold (pool integer, number integer)")
    numbers = list(range(people))
    random.Random(5).shuffle(numbers)
    assert person is not None and SignUp.objects.exists()

    def work(number: int) -> None:
        try:
            for mine in numbers[number::threads]:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT count(*) FROM bare_sold WHERE pool = %s", [pool.pk])
                    free = cursor.fetchone()[0] < capacity
                if free:
                    with transaction.atomic(), connection.cursor() as cursor:
                        cursor.execute("INSERT INTO bare_sold VALUES (%s, %s)", [pool.pk, mine])
        finally:
            connections.close_all()

    _together(threads, work)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bare_sold")
        return int(cursor.fetchone()[0])


def _together(threads: int, work: Any) -> None:
    crowd = [threading.Thread(target=work, args=(number,)) for number in range(threads)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
