"""A DELETE whose response was lost is repeated; if nothing is left to delete, it has succeeded."""

from __future__ import annotations

import pytest

from rescalehtc import exceptions as e
from tests.support.routes import nothing
from tests.support.scripted import Make, Service, reply


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("lost", [502, 504])
def test_the_repeat_finds_nothing(make: Make, service: Service, status: int, lost: int) -> None:
    service.script(reply(lost), reply(status, json={"errorType": "NOT_FOUND"}))
    assert make().send(nothing()) is None
    assert len(service.calls) == 2


def test_the_first_call_finds_nothing(make: Make, service: Service) -> None:
    service.script(reply(404))
    with pytest.raises(e.HtcNotFoundError):
        make().send(nothing())


def test_a_refused_call_did_not_delete_anything(make: Make, service: Service) -> None:
    service.script(reply(429), reply(404))
    with pytest.raises(e.HtcNotFoundError):
        make().send(nothing())


def test_a_page_of_a_gateway_does_not_prove_a_deletion(make: Make, service: Service) -> None:
    service.script(reply(502), reply(404, text="<!DOCTYPE html><title>Not found</title>"))
    with pytest.raises(e.HtcNotFoundError):
        make().send(nothing())
