@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made. Seconds are of each stage; `readme` is None when no README was asked for."""

    jobs: int
    closed: int
    written: int
    unchanged: int
    skipped: int
    swept: int
    readme: dict[str, Any] | None
    seconds: dict[str, float]
    issues: Issues = field(default_factory=Issues)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        counts = {name: getattr(self, name) for name in ("jobs", "closed", "written", "unchanged", "skipped", "swept")}
        seconds = {stage: round(taken, 3) for stage, taken in self.seconds.items()}
        return {**counts, "readme": self.readme, "seconds": seconds, "issues": [issue.as_dict() for issue in self.issues]}
