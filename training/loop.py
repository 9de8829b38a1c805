"""The training loop: steps, learning rate and progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn
from tqdm import tqdm

from training.parallel import Worker
from training.settings import EncoderTuning

WARM_UP = 0.1
"""Share of the steps in which the learning rate rises; it falls in a straight line after."""

LONGEST_STEP = 1.0
"""Norm to which the gradient of the adapter is cut."""


class Schedule:
    """Optimiser, steps and learning rate of one training."""

    def __init__(
        self,
        tuning: EncoderTuning,
        steps: int,
        heads: Sequence[nn.Parameter],
        adapter: Sequence[nn.Parameter],
    ) -> None:
        """Plan some steps over the parameters of heads and adapter."""
        self.steps = steps
        self.adapter = list(adapter)
        self.parameters = [*self.adapter, *heads]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": self.adapter, "lr": tuning.learning_rate},
                {"params": list(heads), "lr": tuning.head_learning_rate},
            ],
            weight_decay=0.01,
        )
        self.rate = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._factor)

    def _factor(self, step: int) -> float:
        warm = WARM_UP * self.steps
        if step < warm:
            return (step + 1) / (warm + 1)
        return max(0.0, (self.steps - step) / (self.steps - warm))


def run(schedule: Schedule, loss: Callable[[], Tensor], worker: Worker) -> None:
    """Take every step of a schedule; `loss` gives the loss of this process's next part."""
    progress = tqdm(
        range(schedule.steps), desc="training", mininterval=2.0, disable=worker.rank > 0
    )
    for _ in progress:
        value = loss()
        schedule.optimizer.zero_grad()
        torch.autograd.backward(value)
        worker.average(schedule.parameters)
        nn.utils.clip_grad_norm_(schedule.adapter, LONGEST_STEP)
        schedule.optimizer.step()
        schedule.rate.step()
        progress.set_postfix(loss=f"{value.item():.3f}", refresh=False)
