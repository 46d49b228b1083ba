"""Reads about the outbox."""

from django.db.models import Count

from jinguo.messages.models import Delivery, MessageRows


def counts_by_state(rows: MessageRows) -> dict[str, int]:
    """State → how many of these rows, every state named."""
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: found.get(state, 0) for state in Delivery.values}
