"""Which other programmes' texts a programme needs to be read."""

from __future__ import annotations

from collections.abc import Mapping

from stegvis.core.programme.parts import read


def used(text: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Those of `texts` whose ladders the model in `text` uses, and those that they use in turn."""
    ladders = read(text, file="model.yaml").root["ladders"]
    keys = {ladder["use"]["programme"].word for ladder in ladders} & texts.keys()
    rest = {key: value for key, value in texts.items() if key not in keys}
    found = {key: texts[key] for key in sorted(keys)}
    for key in sorted(keys):
        found |= used(texts[key], rest)
    return found
