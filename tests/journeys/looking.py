"""Looking at every page of a journey as a careful visitor would: a picture, axe, nothing wider than the screen, no error.

What is found is gathered and told at the end of the journey (`Eye.found`), so that one run tells everything.
"""

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

from tests.services.browser import SCREENSHOTS, picture
from tests.services.eye import grave, wider

VERY_LONG = 4000  # px: its picture would take longer than its walk


@dataclass
class Eye:
    """What one journey has shown.

    Attributes:
        name: the folder of its pictures below screenshots/.
        colours: whether axe also measures every contrast; not where another walk shows it the same pages.
    """

    name: str
    colours: bool = True
    found: list[str] = field(default_factory=list)
    looks: int = 0

    def watch(self, context: BrowserContext, who: str) -> None:
        """Hear everything that goes wrong in this browser: broken scripts, refused resources, answers of 500 and above."""

        def heard(message: ConsoleMessage) -> None:
            # A refused form (422, 409, 410 …) is an answer like any other; Chromium calls every one of them an error.
            if message.type == "error" and "the server responded with a status of 4" not in message.text:
                self.found.append(f"{who} at {message.location.get('url')}: {message.text}")

        def answered(response: Response) -> None:
            if response.status >= 500:
                self.found.append(f"{who}: {response.url} answered {response.status}")

        context.on("console", heard)
        context.on("response", answered)
        context.on("weberror", lambda error: self.found.append(f"{who}: a script broke: {error.error}"))

    def look(self, page: Page, name: str, scripts: bool = True) -> None:
        """Note what is wrong with the page, and keep a picture where wanted; axe is a script and needs them on."""
        self.looks += 1
        if (more := wider(page)) > 0:
            self.found.append(f"{name}: the page is {more} px wider than the screen")
        height = page.locator("html").evaluate("html => html.scrollHeight")
        path = SCREENSHOTS / self.name / f"{self.looks:02}-{name}.png"
        # Hiding the caret would leave style="" behind.
        picture(page, path, caret="initial", scale="css" if height > VERY_LONG else "device")
        if scripts:
            self.found.extend(f"{name}: {line}" for line in grave(page, colours=self.colours))
