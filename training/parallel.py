"""Sharing each training step between processes, since two with one thread each beat one with two.

Each process computes the gradient of its part of a batch; the mean of all is what they step by.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import distributed, nn
from torch.multiprocessing.spawn import spawn

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the processes: its `rank` from 0 and how many there are."""

    rank: int
    processes: int

    def run_of(self, rows: Sequence[int]) -> list[int]:
        """Return this process's unbroken part of a batch, so that neighbours stay together."""
        size = len(rows) // self.processes
        return list(rows[self.rank * size : (self.rank + 1) * size])

    def share_of(self, rows: Sequence[int]) -> list[int]:
        """Return every so-many-th row of a batch, so that each process gets like lengths."""
        return list(rows[self.rank :: self.processes])

    def average(self, parameters: Sequence[nn.Parameter]) -> None:
        """Replace each gradient by its mean over the processes."""
        if self.processes == 1:
            return
        gradients = [one.grad for one in parameters if one.grad is not None]
        flat = torch.cat([gradient.reshape(-1) for gradient in gradients])
        distributed.all_reduce(flat)
        flat /= self.processes
        parts = torch.split(flat, [gradient.numel() for gradient in gradients])
        for gradient, part in zip(gradients, parts, strict=True):
            gradient.copy_(part.view_as(gradient))


def in_parallel(processes: int, task: Callable[..., None], *args: Any) -> None:  # noqa: ANN401
    """Run `task(worker, *args)` in some processes that share gradients, and wait for all."""
    if processes == 1:
        torch.set_num_threads(1)
        task(Worker(0, 1), *args)
        return
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    spawn(_enter, (processes, port, task, args), nprocs=processes)  # type: ignore[no-untyped-call]


def _enter(
    rank: int, processes: int, port: int, task: Callable[..., None], args: tuple[Any, ...]
) -> None:
    os.environ["GLOO_SOCKET_IFNAME"] = "lo"
    torch.set_num_threads(1)
    address = f"tcp://{HOST}:{port}"
    distributed.init_process_group("gloo", address, rank=rank, world_size=processes)
    try:
        task(Worker(rank, processes), *args)
    finally:
        distributed.destroy_process_group()
