"""The training loop that all learned parts share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import torch
from torch import Tensor, nn
from tqdm import tqdm

from training.settings import Tuning

WARM_UP = 0.1
"""Share of the steps in which the learning rate rises; it falls in a straight line after."""

LONGEST_STEP = 1.0
"""Norm to which the gradient of the adapter is cut."""


class Schedule:
    """Optimiser, steps and learning rate of one training."""

    def __init__(
        self,
        tuning: Tuning,
        examples: int,
        head: Sequence[nn.Parameter],
        adapter: Sequence[nn.Parameter],
    ) -> None:
        """Plan the steps for a number of examples."""
        self.steps = int(tuning.epochs * examples / tuning.batch)
        self.adapter = list(adapter)
        self.optimizer = torch.optim.AdamW(
            [
                {"params": self.adapter, "lr": tuning.learning_rate},
                {"params": list(head), "lr": tuning.head_learning_rate},
            ],
            weight_decay=0.01,
        )
        self.rate = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._factor)

    def _factor(self, step: int) -> float:
        warm = WARM_UP * self.steps
        if step < warm:
            return (step + 1) / (warm + 1)
        return max(0.0, (self.steps - step) / (self.steps - warm))


def run(
    schedule: Schedule,
    batches: Iterator[list[int]],
    loss: Callable[[list[int]], Tensor],
    name: str,
) -> None:
    """Take every step of a schedule; `loss` maps a batch of rows to its loss."""
    progress = tqdm(range(schedule.steps), desc=name, mininterval=2.0)
    for _ in progress:
        value = loss(next(batches))
        schedule.optimizer.zero_grad()
        torch.autograd.backward(value)
        nn.utils.clip_grad_norm_(schedule.adapter, LONGEST_STEP)
        schedule.optimizer.step()
        schedule.rate.step()
        progress.set_postfix(loss=f"{value.item():.3f}", refresh=False)
