from dataclasses import dataclass


@dataclass(frozen=True)
class Detected:
    code: str
    sure: bool


def detect(text: str) -> Detected:
    return Detected("en", False)
