"""下一层: which units passed the notice on, to how many, and what became of it there. Neither layer waits for the other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from jinguo.campaigns.queries import forwarding
from jinguo.workspace.views.board import frame, seen


@require_safe
def layers(request: HttpRequest, campaign: str) -> HttpResponse:
    """One row a unit that passed it on; a fixed number of queries."""
    found = seen(request, campaign)
    copies = forwarding.copies_passed_on(found)
    by_copy = forwarding.layers_of(copies)
    rows = [(copy, by_copy[copy.pk]) for copy in copies if copy.pk in by_copy]
    context = {
        **frame(found, "layers"),
        "rows": rows,
        "told": sum(layer.told for _copy, layer in rows),
        "signed": sum(layer.signed for _copy, layer in rows),
        "waiting": forwarding.may_pass_on(found),
    }
    return render(request, "workspace/board_layers.html", context)
