"""Tunes the cross-encoder that weighs what later words say about an earlier statement.

Of the encoder only the upper layers move: that keeps the file small, and little was lost by it (decision 0015).
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from evals.tuning.fit import fast
from evals.tuning.network import EPSILON, Layer, Published, dropped
from torch import Tensor, nn
from torch.nn import functional as F

from notesense.adapters.embedding.encoder import LAYERS, WORDS, TokenEncoder
from notesense.adapters.local.judge import CLASSES, WIDTH, Floats, Joined, joined
from notesense.core.bearing import Pair

_WARM, _LEAST_RATE, _AVERAGE_FROM, _AVERAGE = 0.1, 0.02, 0.3, 0.99


class Settings(NamedTuple):
    """How to train. `strangers`: how many further pairs, a share of all, set words beside a stranger's statement."""

    epochs: int = 8
    pairs: int = 24
    layers: int = 6
    encoder_rate: float = 5e-5
    head_rate: float = 1e-3
    decay: float = 0.01
    drop: float = 0.1
    smoothing: float = 0.1
    strangers: float = 0.2
    hidden_words: float = 0.05


class Taught(NamedTuple):
    """A pair and the class that it has."""

    pair: Pair
    effect: str


class Network(nn.Module):
    """Encoder and head; only the upper layers of the encoder learn."""

    def __init__(self, published: Published, settings: Settings) -> None:
        super().__init__()
        place = (
            published["embeddings.position_embeddings.weight"] + published["embeddings.token_type_embeddings.weight"][0]
        )
        self.register_buffer("words", torch.tensor(published[WORDS]))
        self.register_buffer("place", torch.tensor(place))
        self.register_buffer("norm_weight", torch.tensor(published["embeddings.LayerNorm.weight"]))
        self.register_buffer("norm_bias", torch.tensor(published["embeddings.LayerNorm.bias"]))
        self.layers = nn.ModuleList([Layer(published, number, settings.drop) for number in range(LAYERS)])
        for layer in self.layers[: LAYERS - settings.layers]:
            layer.requires_grad_(False)
        self.head = nn.Linear(5 * WIDTH, len(CLASSES))
        self.drop, self.hidden_words = settings.drop, settings.hidden_words

    def forward(self, sequences: Sequence[Joined]) -> Tensor:
        """Return logits, (pairs, classes)."""
        longest = max(len(one.ids) for one in sequences)
        ids = torch.zeros((len(sequences), longest), dtype=torch.long)
        sides = torch.zeros((2, len(sequences), longest))
        for row, (tokens, middle) in enumerate(sequences):
            ids[row, : len(tokens)] = torch.tensor(tokens)
            sides[0, row, 1:middle] = 1
            sides[1, row, middle + 1 : len(tokens) - 1] = 1
        mask = ids > 0
        if self.training and self.hidden_words:
            hidden = (torch.rand(ids.shape) < self.hidden_words) & (sides.sum(0) > 0)
            ids = torch.where(hidden, 103, ids)
        states = F.layer_norm(
            self.words[ids] + self.place[:longest], (WIDTH,), self.norm_weight, self.norm_bias, EPSILON
        )
        bias = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        with fast():
            for layer in self.layers:
                states = layer(states, bias)
        states = states.float()
        earlier, later = ((states * side[..., None]).sum(1) / side.sum(1, keepdim=True).clamp(min=1) for side in sides)
        rows = torch.cat([states[:, 0], earlier, later, (earlier - later).abs(), earlier * later], 1)
        logits: Tensor = self.head(dropped(rows, self.drop, self.training))
        return logits

    def changes(self, published: Published) -> dict[str, Floats]:
        """Return what training added to each published tensor that moved."""
        return {
            name: (value.detach().float() - torch.tensor(published[name])).numpy()
            for layer in self.layers
            if any(value.requires_grad for value in layer.parameters())
            for name, value in layer.published().items()
        }


def tune(
    taught: Sequence[Taught],
    published: Published,
    encoder: TokenEncoder,
    settings: Settings,
    seed: int,
    tell: Callable[[str], None] = print,
    after: Callable[[Network], None] = lambda network: None,
) -> Network:
    """Return a network tuned to these pairs, its weights a moving average (Polyak and Juditsky 1992)."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = Network(published, settings)
    moving = [value for value in network.parameters() if value.requires_grad]
    head = {id(value) for value in network.head.parameters()}
    groups = [
        {"params": [value for value in moving if id(value) not in head], "peak": settings.encoder_rate},
        {"params": list(network.head.parameters()), "peak": settings.head_rate},
    ]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=settings.decay)
    average = [value.detach().clone() for value in moving]
    each = (len(taught) * (1 + settings.strangers)) / settings.pairs
    steps, step = int(settings.epochs * each) + 1, 0
    for epoch in range(settings.epochs):
        network.train()
        began, lost = time.perf_counter(), 0.0
        for some in _batches([*taught, *strangers(taught, settings.strangers, order)], settings.pairs, encoder, order):
            share = min(1.0, (step + 1) / steps)
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * min(share / _WARM, 1.0) * max(_LEAST_RATE, 1 - share)
            logits = network([sequence for sequence, _ in some])
            targets = torch.tensor([CLASSES.index(effect) for _, effect in some])
            loss = F.cross_entropy(logits, targets, label_smoothing=settings.smoothing)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(moving, 1.0)
            optimizer.step()
            step += 1
            lost += loss.item()
            with torch.no_grad():
                keep = _AVERAGE if step > _AVERAGE_FROM * steps else 0.0
                for mean, value in zip(average, moving, strict=True):
                    mean.lerp_(value, 1 - keep)
        tell(f"  epoch {epoch + 1} of {settings.epochs}: loss {lost / each:.3f}, {time.perf_counter() - began:.0f} s")
        after(network)
    with torch.no_grad():
        for value, mean in zip(moving, average, strict=True):
            value.copy_(mean)
    return network.eval()


def strangers(taught: Sequence[Taught], share: float, order: random.Random) -> list[Taught]:
    """Return words beside statements of other groups: they have no effect there."""
    chosen = order.sample(list(taught), int(share * len(taught)))
    others = order.choices(list(taught), k=len(chosen))
    return [
        Taught(one.pair.model_copy(update={"later": other.pair.later}), "none")
        for one, other in zip(chosen, others, strict=True)
        if one.pair.earlier != other.pair.earlier
    ]


def _batches(
    taught: Sequence[Taught], size: int, encoder: TokenEncoder, order: random.Random
) -> Iterator[list[tuple[Joined, str]]]:
    """Yield all pairs, those of like length together, in random order."""
    ready = [(joined(one.pair, encoder), one.effect) for one in taught]
    order.shuffle(ready)
    batches = []
    for start in range(0, len(ready), size * 8):
        near = sorted(ready[start : start + size * 8], key=lambda one: len(one[0].ids))
        batches += [near[at : at + size] for at in range(0, len(near), size)]
    order.shuffle(batches)
    yield from batches


def head_of(network: Network) -> tuple[Floats, Floats]:
    """Return weights, (features, classes), and bias of the head."""
    weights = network.head.weight.detach().float().numpy().T
    return np.ascontiguousarray(weights), network.head.bias.detach().float().numpy()
