"""The training loop of the reader: several processes, one a core, their gradients averaged."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as group
import torch.multiprocessing as processes
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from reading.layout import Batch, Layout
from reading.training.examples import Drawing, Drawn, Examples
from reading.training.model import Reader

_CHECKPOINT_STEPS = 200
_LABEL_WEIGHTS = (0.6, 1.0, 1.0, 1.2, 1.2)  # of none, near, answers, confirms, denies
_SMOOTHING = 0.03
_ACT_WEIGHT = 2.0
_DECAY = 0.01
_WARM_UP = 0.05
_TOGETHER = 16  # sequences of one forward pass
_MULTIPLE = 8  # of lengths: fewer shapes, and full vectors


@dataclass(frozen=True)
class Plan:
    """How to train.

    Attributes:
        encoder: folder of the encoder.
        work: folder with `examples.pkl`, and for the checkpoint and the result.
        passes: how often each example is seen.
        batch: examples a step and process.
        rate: the highest learning rate.
        count: processes.
        seconds: when to end, with the rate run down, even if not all passes are done.
        seed: of the drawing.
        start: weights to start from; those of the encoder without it.
    """

    encoder: Path
    work: Path
    passes: float = 2.0
    batch: int = 8
    rate: float = 1.2e-4
    count: int = 2
    seconds: float = 6 * 3600
    seed: int = 0
    start: Path | None = None

    @property
    def checkpoint(self) -> Path:
        """Where the training can go on from."""
        return self.work / "checkpoint.pt"

    @property
    def result(self) -> Path:
        """Where the trained weights are."""
        return self.work / "reader.pt"


def fit(plan: Plan) -> None:
    """Trains the reader, from the checkpoint if there is one; the result is in `plan.result`."""
    os.environ.setdefault("MASTER_ADDR", "127.0.0.1")
    os.environ["MASTER_PORT"] = str(_free_port())
    processes.spawn(_work, args=(plan,), nprocs=plan.count)


def _work(rank: int, plan: Plan) -> None:
    torch.set_num_threads(1)
    torch.manual_seed(plan.seed)
    group.init_process_group("gloo", rank=rank, world_size=plan.count)
    examples = Examples.load(plan.work / "examples.pkl")
    tokenizer = Tokenizer.from_file(str(plan.encoder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    drawing = Drawing(examples, Layout(tokenizer))
    model = Reader(plan.encoder)
    optimiser = torch.optim.AdamW(model.parameters(), lr=plan.rate, weight_decay=_DECAY, fused=True)
    steps = int(plan.passes * len(examples.items) / (plan.batch * plan.count))
    done, spent = _resume(plan, model, optimiser)
    clock, losses = time.monotonic() - spent, []
    per_pass = len(examples.items) // (plan.batch * plan.count)
    number = done // per_pass
    while done < steps:
        dice = random.Random(plan.seed * 1000 + number)  # noqa: S311  no secret
        batches = list(drawing.batches(plan.batch, dice))[rank :: plan.count][:per_pass]
        for batch in batches[done - number * per_pass :]:
            # All processes must agree on the share, or they would end at different steps.
            share = torch.tensor([max(done / steps, (time.monotonic() - clock) / plan.seconds)])
            group.broadcast(share, 0)
            if share >= 1:
                break
            for each in optimiser.param_groups:
                each["lr"] = plan.rate * _schedule(float(share))
            drawn = [drawing.draw(example, dice) for example in batch]
            losses.append(_step(model, optimiser, drawn))
            done += 1
            if rank == 0 and done % _CHECKPOINT_STEPS == 0:
                spent = time.monotonic() - clock
                _report(done, steps, spent, float(share), losses[-_CHECKPOINT_STEPS:])
                _save(plan, model, optimiser, done, spent)
        else:
            number += 1
            continue
        break
    if rank == 0:
        torch.save(model.state_dict(), plan.result)
    group.destroy_process_group()


def _schedule(share: float) -> float:
    return min(1.0, share / _WARM_UP + 0.02) * max(0.02, 1 - share)


def _step(model: Reader, optimiser: torch.optim.Optimizer, drawn: Sequence[Drawn]) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        labels, acts = _scores(model, drawn)
    loss = _loss(labels.float(), acts.float(), drawn)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    _average(model)
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def _scores(model: Reader, drawn: Sequence[Drawn]) -> tuple[Tensor, Tensor]:
    """Logits of labels, (statements of all, 5), and of acts, the mean over a turn's statements."""
    laid = [each for one in drawn for each in one.laid]
    order = sorted(range(len(laid)), key=lambda place: len(laid[place].ids))
    # Those of like length together, so that little is padded.
    parts = [
        model(Batch.of([laid[place] for place in order[start : start + _TOGETHER]], _MULTIPLE))
        for start in range(0, len(order), _TOGETHER)
    ]
    back = torch.tensor(order).argsort()
    labels, acts = (torch.cat(each)[back] for each in zip(*parts, strict=True))
    by_turn = acts.split([len(each.laid) for each in drawn])
    return labels, torch.stack([each.mean(0) for each in by_turn])


def _loss(labels: Tensor, acts: Tensor, drawn: Sequence[Drawn]) -> Tensor:
    wanted = torch.tensor([label for each in drawn for label in each.labels])
    weights = torch.tensor(_LABEL_WEIGHTS)
    loss = functional.cross_entropy(labels, wanted, weights, label_smoothing=_SMOOTHING)
    rows = [n for n, each in enumerate(drawn) if each.acts is not None]
    # Without acts in a batch the head has no gradient, and `_average` would wait for one.
    of_acts = acts.sum() * 0
    if rows:
        done = torch.tensor([drawn[n].acts for n in rows])
        found = functional.binary_cross_entropy_with_logits(acts[rows], done)
        of_acts = of_acts + found * len(rows) / len(drawn)
    return loss + _ACT_WEIGHT * of_acts


def _average(model: Reader) -> None:
    gradients = [each.grad for each in model.parameters() if each.grad is not None]
    flat = torch.cat([each.flatten() for each in gradients])
    group.all_reduce(flat)
    flat /= group.get_world_size()
    start = 0
    for each in gradients:
        each.copy_(flat[start : start + each.numel()].view_as(each))
        start += each.numel()


def _resume(plan: Plan, model: Reader, optimiser: torch.optim.Optimizer) -> tuple[int, float]:
    if not plan.checkpoint.exists():
        if plan.start is not None:
            model.load_state_dict(torch.load(plan.start, weights_only=True))
        return 0, 0.0
    saved = torch.load(plan.checkpoint, weights_only=True)
    model.load_state_dict(saved["model"], strict=False)
    optimiser.load_state_dict(saved["optimiser"])
    return int(saved["done"]), float(saved["spent"])


def _save(
    plan: Plan, model: Reader, optimiser: torch.optim.Optimizer, done: int, spent: float
) -> None:
    state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
    # Written aside first: a process killed while it writes leaves the checkpoint before.
    aside = plan.checkpoint.with_suffix(".new")
    torch.save({**state, "done": done, "spent": spent}, aside)
    aside.replace(plan.checkpoint)


def _report(done: int, steps: int, spent: float, share: float, losses: Sequence[float]) -> None:
    loss = sum(losses) / len(losses)
    print(f"step {done} of {steps}, {share:.0%}, {spent:.0f} s, loss {loss:.3f}", flush=True)


def _free_port() -> int:
    import socket

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
