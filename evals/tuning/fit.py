"""Tunes encoder and heads, and reads notes with what came out.

First the encoder by contrast (SetFit, Tunstall et al. 2022), then the heads on the encoder at rest, so that they do not
distort it (Kumar et al. 2022), then both.

All other losses are logistic: whether a passage carries each kind, which value each attribute of a labelled passage
has, and, token by token, what lies inside a statement and what names an attribute's value. The weights that ship are a
moving average (Polyak and Juditsky 1992).
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from evals.tuning.material import CHOICES, TAGS, Floats, Material, Piece
from evals.tuning.network import Batch, Network, Published, dropped
from torch import Tensor
from torch.nn import functional as F

from notesense.adapters.local.features import WIDTH
from notesense.adapters.local.heads import Choice, Heads, inside_tag
from notesense.adapters.local.lessons import KINDS


class Settings(NamedTuple):
    """How to train. Rates, stages, averaging and hidden words were chosen on held-out writers, the rest by hand (0008).

    `contrast_share` is the share of the passages without a signal that the contrast sees.
    """

    epochs: int = 6
    contrast_epochs: int = 2
    head_epochs: int = 2
    windows: int = 8
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    head_decay: float = 0.01
    temperature: float = 0.1
    contrast_share: float = 0.3
    drop: float = 0.1
    hidden_words: float = 0.05
    average: float = 0.99
    choice_weight: float = 1.5
    smoothing: float = 0.1
    tag_weight: float = 1.0
    inside_weight: float = 0.3


_ALONE = 3.0
"""How much faster the heads learn while the encoder rests."""
_WARM = 0.1
_AVERAGE_FROM = 0.3
_LEAST_RATE = 0.02
_BUCKET = 8
_RARE = torch.tensor(3.0)
"""How much more a token that bears a tag counts than one that bears none."""


class Given(NamedTuple):
    """A batch with all that it should teach."""

    batch: Batch
    pieces: tuple[Piece, ...]
    values: Tensor
    weights: Tensor
    tags: Tensor
    inside: Tensor
    choices: dict[str, tuple[list[int], list[int]]]


class Part(NamedTuple):
    """Parameters that learn at one rate."""

    values: Sequence[Tensor]
    rate: float
    decay: float


class Stage(NamedTuple):
    """A part of the training: which parameters move, and by which loss."""

    name: str
    epochs: int
    parts: tuple[Part, ...]
    loss: Callable[[Network, Given, Settings], Tensor]


def fast() -> Any:
    """Return the context of half-precision arithmetic where this processor has it built in, else of the usual one."""
    has = getattr(torch.cpu, "_is_amx_tile_supported", lambda: False)()
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(has))


def tune(
    material: Material, published: Published, settings: Settings, seed: int, tell: Callable[[str], None] = print
) -> Network:
    """Return a network tuned to these notes: the encoder by contrast, then the heads alone, then both together."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = Network(published, len(KINDS), len(TAGS), CHOICES, settings.drop, settings.hidden_words)
    encoder, heads = network.parts()
    slow = Part(encoder, settings.encoder_rate, settings.decay)
    quick = Part(heads, settings.head_rate, settings.head_decay)
    stages = (
        Stage("contrast", settings.contrast_epochs, (slow,), contrast),
        Stage("heads", settings.head_epochs, (quick._replace(rate=settings.head_rate * _ALONE),), taught),
        Stage("all", settings.epochs, (slow, quick), taught),
    )
    for stage in stages:
        _run(network, material, stage, settings, order, tell)
    return network.eval()


def _run(
    network: Network,
    material: Material,
    stage: Stage,
    settings: Settings,
    order: random.Random,
    tell: Callable[[str], None],
) -> None:
    """Let a stage run; the network ends as the moving average of its weights."""
    moving = [value for part in stage.parts for value in part.values]
    for value in network.parameters():
        value.requires_grad_(any(value is one for one in moving))
    optimizer = torch.optim.AdamW(
        [{"params": part.values, "peak": part.rate, "weight_decay": part.decay} for part in stage.parts],
        betas=(0.9, 0.98),
    )
    average = [value.detach().clone() for value in moving]
    steps, step = stage.epochs * len(list(_batches(material.pieces, settings.windows, None))), 0
    for epoch in range(stage.epochs):
        network.train()
        began, lost = time.perf_counter(), 0.0
        for pieces in _batches(material.pieces, settings.windows, order):
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * _pace((step + 1) / steps)
            loss = stage.loss(network, _given(pieces), settings)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving, 1.0)
            optimizer.step()
            step += 1
            lost += loss.item()
            _follow(average, moving, settings.average if step > _AVERAGE_FROM * steps else 0.0)
        told = f"{lost * stage.epochs / steps:.3f}, {time.perf_counter() - began:.0f} s"
        tell(f"  {stage.name}, epoch {epoch + 1} of {stage.epochs}: loss {told}")
    with torch.no_grad():
        for value, mean in zip(moving, average, strict=True):
            value.copy_(mean)


def heads_of(network: Network) -> Heads:
    """Return the heads as the engine applies them, their thresholds still at one half."""
    return Heads(
        kinds=KINDS,
        weights=_array(network.kinds.weight.T),
        bias=_array(network.kinds.bias),
        tags=(*TAGS, *(inside_tag(kind) for kind in KINDS)),
        tag_weights=_array(torch.cat([network.tags.weight, network.inside.weight]).T),
        tag_bias=_array(torch.cat([network.tags.bias, network.inside.bias])),
        thresholds=np.full(len(KINDS), 0.5, np.float32),
        calibration=np.array([1, 0, 0], np.float32),
        choices={
            name: Choice(values, *(_array(part) for part in network.choice(name))) for name, values in CHOICES.items()
        },
    )


def _array(values: Tensor) -> Floats:
    return np.ascontiguousarray(values.detach().float().numpy())


def _pace(share: float) -> float:
    """Return the share of the full rate: rising at first, then falling to next to nothing."""
    return min(share / _WARM, 1.0) * max(_LEAST_RATE, 1 - share)


def _follow(average: list[Tensor], moving: Sequence[Tensor], keep: float) -> None:
    with torch.no_grad():
        for mean, value in zip(average, moving, strict=True):
            mean.lerp_(value, 1 - keep)


def contrast(network: Network, given: Given, settings: Settings) -> Tensor:
    """Return the supervised contrastive loss (Khosla et al. 2020) of a batch's passages, as SetFit tunes encoders.

    Passages of a kind are drawn together and away from all others, those without any signal among them.
    """
    with fast():
        _, dense = network(given.batch)
    some = (given.values.sum(1) > 0) | (torch.rand(len(given.values)) < settings.contrast_share)
    rows, values = F.normalize(dense[some, :WIDTH], dim=1), given.values[some]
    itself = torch.eye(len(rows), dtype=torch.bool)
    likeness = (rows @ rows.T / settings.temperature).masked_fill(itself, -1e4)
    shares = likeness - torch.logsumexp(likeness, 1, keepdim=True)
    kin = ((values @ values.T) > 0) & ~itself
    paired = kin.sum(1) > 0
    if not paired.any():
        return (rows * 0).sum()
    mean: Tensor = (shares * kin).sum(1)[paired] / kin.sum(1)[paired]
    return -mean.mean()


def taught(network: Network, given: Given, settings: Settings) -> Tensor:
    """Return the logistic losses of all heads together."""
    with fast():
        states, dense = network(given.batch)
    quiet = dropped(dense, network.drop, True)
    found = F.binary_cross_entropy_with_logits(network.kinds(quiet), given.values, reduction="none")
    loss: Tensor = (found * given.weights).sum(1).mean()
    told = sum(len(rows) for rows, _ in given.choices.values())
    for name, (rows, values) in given.choices.items():
        chosen = network.chosen(name, dropped(dense[rows], network.drop, True))
        wrong = F.cross_entropy(chosen, torch.tensor(values), reduction="sum", label_smoothing=settings.smoothing)
        loss = loss + settings.choice_weight * wrong / told
    mask = given.batch.mask
    quiet = dropped(states, network.drop, True)[mask]
    tags = F.binary_cross_entropy_with_logits(network.tags(quiet), given.tags[mask], reduction="none", pos_weight=_RARE)
    inside = F.binary_cross_entropy_with_logits(network.inside(quiet), given.inside[mask], reduction="none")
    return loss + settings.tag_weight * tags.sum(1).mean() + settings.inside_weight * inside.sum(1).mean()


def _batches(pieces: Sequence[Piece], size: int, order: random.Random | None) -> Iterator[list[Piece]]:
    """Yield all pieces, those of like length together, in the given random order."""
    mixed = list(pieces)
    if order:
        order.shuffle(mixed)
    batches = []
    for start in range(0, len(mixed), size * _BUCKET):
        near = sorted(mixed[start : start + size * _BUCKET], key=lambda piece: len(piece.ids))
        batches += [near[at : at + size] for at in range(0, len(near), size)]
    if order:
        order.shuffle(batches)
    yield from batches


def _given(pieces: Sequence[Piece]) -> Given:
    tokens = max(len(piece.ids) for piece in pieces)
    shape = (len(pieces), tokens)
    ids, mask = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool)
    passage = torch.full(shape, -1)
    tags, inside = torch.zeros(*shape, len(TAGS)), torch.zeros(*shape, len(KINDS))
    choices: dict[str, tuple[list[int], list[int]]] = {}
    rows = 0
    for number, piece in enumerate(pieces):
        end = len(piece.ids)
        ids[number, :end], mask[number, :end] = torch.tensor(piece.ids), True
        own = torch.tensor(piece.passage)
        passage[number, :end] = torch.where(own >= 0, own + rows, own)
        tags[number, :end], inside[number, :end] = torch.tensor(piece.tags), torch.tensor(piece.inside)
        for name, row, value in piece.choices:
            chosen = choices.setdefault(name, ([], []))
            chosen[0].append(rows + row)
            chosen[1].append(value)
        rows += len(piece.ordinals)
    facts, values, weights = (
        torch.tensor(np.concatenate([getattr(piece, name) for piece in pieces]))
        for name in ("facts", "values", "weights")
    )
    return Given(Batch(ids, mask, passage, facts), tuple(pieces), values, weights, tags, inside, choices)
