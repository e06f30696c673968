"""The person's own agreement: read and signed by their own hand."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from stegvis.journey.agreements.models import Signature
from tests.cast.people import Cast
from tests.cast.visiting import Visitor

pytestmark = pytest.mark.django_db


def test_the_person_reads_and_signs_on_their_own_page(
    cast: Cast, sign_in: Callable[..., Visitor], as_job: Callable[..., Any]
) -> None:
    visitor = sign_in(cast["olle"])
    page = visitor.get("/my/job/").content.decode()
    (digest,) = re.findall(r'name="digest" value="(\w+)"', page)
    form = {"submission": str(uuid.uuid4()), "do": "sign", "digest": digest}
    assert visitor.post("/my/job/", form).status_code == 302
    with as_job(cast.ekdala.tenant):
        rows = Signature.objects.filter(person=cast.person("own").person)
        assert [(row.side, row.how) for row in rows] == [("participant", "own_page")]
