"""The leader: reads one page and signs it off, on whatever is at hand."""

from tests.journeys.people import Staff


class Leader(Staff):
    def signs_off(self) -> None:
        """One press, however often it is pressed; from then on the paper is kept as it is."""
        self.opens("/desk/summaries/")
        self.page.locator(".dues h3 a").first.click()
        self.heading("汇总稿")
        self.looks("summary-submitted")
        self.presses("同意，审签", times=2)
        self.sees("审签了，公文已经存档")
        self.looks("summary-signed")
