"""What every page's shell shows around its content."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Navigation of the workspace for signed-in staff; brand of the public site for everybody else."""
    return {}
