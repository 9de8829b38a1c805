"""Work shared between processes is shared whole, and their gradients meet in the middle."""

import importlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.parallel import Worker, in_parallel

ROWS = st.lists(st.integers(), min_size=1, max_size=40, unique=True)


@given(ROWS, st.integers(1, 4))
def test_shares_of_a_batch_are_disjoint_and_whole(rows: list[int], processes: int) -> None:
    parts = [Worker(rank, processes).share_of(rows) for rank in range(processes)]
    assert sorted(row for part in parts for row in part) == sorted(rows)


@given(ROWS, st.integers(1, 4))
def test_runs_of_a_batch_are_unbroken_and_alike_in_length(rows: list[int], processes: int) -> None:
    parts = [Worker(rank, processes).run_of(rows) for rank in range(processes)]
    joined = [row for part in parts for row in part]
    assert joined == rows[: len(joined)]
    assert {len(part) for part in parts} == {len(rows) // processes}


MEETING = """
import torch
from torch import distributed, nn


def differ_and_meet(worker):
    parameters = [nn.Parameter(torch.zeros(2, 3)), nn.Parameter(torch.zeros(4))]
    for one in parameters:
        one.grad = torch.full_like(one, float(worker.rank))
    worker.average(parameters)
    assert all(torch.equal(one.grad, torch.full_like(one, 0.5)) for one in parameters)
    assert distributed.get_world_size() == 2
"""
"""In a module of its own, which the processes can import."""


def test_gradients_of_two_processes_become_their_mean(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "meeting.py").write_text(MEETING)
    monkeypatch.syspath_prepend(tmp_path)
    in_parallel(2, importlib.import_module("meeting").differ_and_meet)
