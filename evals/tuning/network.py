"""MiniLM in PyTorch with the engine's heads on it: the engine's own arithmetic, so what is trained is what runs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from notesense.adapters.embedding.encoder import LAYERS, WORDS
from notesense.adapters.local.features import DENSE, WIDTH

ATTENTION_HEADS = 12
EPSILON = 1e-12
UNKNOWN = 103
"""The mask token, put in the place of hidden words while training."""
_QKV = ("query", "key", "value")
_DENSE = ("attention.output.dense", "intermediate.dense", "output.dense")
_NORMS = ("attention.output.LayerNorm", "output.LayerNorm")

SHARING = ("expectation.topic", "pain_point.area", "price_value.value_gap")
"""Attributes whose values speak of the same things (delivery, communication, ...) and so learn from each other."""
THEMES = ("delivery", "communication", "execution", "quality", "support", "product")

Published = Mapping[str, NDArray[np.float32]]


class Batch(NamedTuple):
    """Windows of several notes. `passage` gives each token's passage, counted over the batch, or -1."""

    ids: Tensor
    mask: Tensor
    passage: Tensor
    facts: Tensor


def dropped(states: Tensor, share: float, training: bool) -> Tensor:
    """Silence some features of each text, the same for all its tokens: far cheaper than a mask for each number."""
    if not training or not share:
        return states
    kept = torch.rand(states.shape[0], *[1] * (states.dim() - 2), states.shape[-1]) > share
    return states * (kept / (1 - share)).to(states.dtype)


class Layer(nn.Module):
    """One transformer layer, its parameters under the published names."""

    def __init__(self, published: Published, number: int, drop: float) -> None:
        super().__init__()
        self.drop = drop
        self.prefix = f"encoder.layer.{number}."
        names = [f"attention.self.{kind}" for kind in _QKV] + [*_DENSE, *_NORMS]
        self.values = nn.ParameterDict(
            {
                _key(f"{name}.{part}"): nn.Parameter(torch.tensor(published[f"{self.prefix}{name}.{part}"]))
                for name in names
                for part in ("weight", "bias")
            }
        )

    def published(self) -> dict[str, Tensor]:
        """Return the parameters by their published names."""
        return {self.prefix + key.replace("/", "."): value for key, value in self.values.items()}

    def _pair(self, name: str) -> tuple[Tensor, Tensor]:
        return self.values[_key(f"{name}.weight")], self.values[_key(f"{name}.bias")]

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """Return the states after this layer; `bias` is 0 for tokens and very low for padding."""
        texts, tokens, width = states.shape
        query, key, value = (
            F.linear(states, *self._pair(f"attention.self.{kind}"))
            .view(texts, tokens, ATTENTION_HEADS, width // ATTENTION_HEADS)
            .transpose(1, 2)
            for kind in _QKV
        )
        # Written out: on processors without a graphics card it is faster to train than the fused function.
        scores = (query * (width // ATTENTION_HEADS) ** -0.5) @ key.transpose(-1, -2) + bias.to(query.dtype)
        mixed = (torch.softmax(scores, -1) @ value).transpose(1, 2).reshape(texts, tokens, width)
        states = self._normed(states, F.linear(mixed, *self._pair(_DENSE[0])), _NORMS[0])
        wide = F.gelu(F.linear(states, *self._pair(_DENSE[1])))
        return self._normed(states, F.linear(wide, *self._pair(_DENSE[2])), _NORMS[1])

    def _normed(self, states: Tensor, change: Tensor, norm: str) -> Tensor:
        return F.layer_norm(
            states + dropped(change, self.drop, self.training), (states.shape[-1],), *self._pair(norm), EPSILON
        )


class Network(nn.Module):
    """Encoder and heads. `choices` gives the values of each enumerated attribute."""

    def __init__(
        self,
        published: Published,
        kinds: int,
        tags: int,
        choices: Mapping[str, Sequence[str]],
        drop: float,
        hidden_words: float,
    ) -> None:
        super().__init__()
        self.hidden_words, self.drop = hidden_words, 2 * drop
        place = (
            published["embeddings.position_embeddings.weight"] + published["embeddings.token_type_embeddings.weight"][0]
        )
        self.register_buffer("words", torch.tensor(published[WORDS]))
        self.register_buffer("place", torch.tensor(place))
        self.register_buffer("norm_weight", torch.tensor(published["embeddings.LayerNorm.weight"]))
        self.register_buffer("norm_bias", torch.tensor(published["embeddings.LayerNorm.bias"]))
        self.layers = nn.ModuleList([Layer(published, number, drop) for number in range(LAYERS)])
        self.kinds = nn.Linear(DENSE, kinds)
        nn.init.constant_(self.kinds.bias, -3.0)
        self.tags = nn.Linear(WIDTH, tags)
        self.inside = nn.Linear(WIDTH, kinds)
        self.choices = nn.ModuleDict({_key(name): nn.Linear(DENSE, len(values)) for name, values in choices.items()})
        self.themes = nn.Linear(DENSE, len(THEMES), bias=False)
        self.shared = {
            name: torch.tensor([[float(theme == value) for value in choices[name]] for theme in THEMES])
            for name in SHARING
        }

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return token states (windows, tokens, 384) and dense rows (passages, DENSE), both in single precision."""
        tokens = batch.ids.shape[1]
        ids = batch.ids
        if self.training and self.hidden_words:
            ids = torch.where(torch.rand(ids.shape) < self.hidden_words, UNKNOWN, ids)
        states = F.layer_norm(
            self.words[ids] + self.place[:tokens], (WIDTH,), self.norm_weight, self.norm_bias, EPSILON
        )
        bias = torch.where(batch.mask, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            states = layer(states, bias)
        states = states.float()
        return states, torch.cat([*_pooled(states, batch.passage, len(batch.facts)), batch.facts], 1)

    def changes(self, published: Published) -> dict[str, NDArray[np.float32]]:
        """Return what training added to each published tensor."""
        return {
            name: (value.detach().float() - torch.tensor(published[name])).numpy()
            for layer in self.layers
            for name, value in layer.published().items()
        }

    def chosen(self, name: str, dense: Tensor) -> Tensor:
        """Return the logits of an attribute's values."""
        own: Tensor = self.choices[_key(name)](dense)
        return own + self.themes(dense) @ self.shared[name] if name in SHARING else own

    def choice(self, name: str) -> tuple[Tensor, Tensor]:
        """Return weights, (DENSE, values), and bias of an attribute's head as one linear map."""
        head = self.choices[_key(name)]
        weights = head.weight.T
        return (weights + self.themes.weight.T @ self.shared[name] if name in SHARING else weights), head.bias

    def parts(self) -> tuple[Sequence[nn.Parameter], Sequence[nn.Parameter]]:
        """Return the encoder's parameters and the heads'."""
        encoder = list(self.layers.parameters())
        inner = {id(value) for value in encoder}
        return encoder, [value for value in self.parameters() if id(value) not in inner]


def _pooled(states: Tensor, passage: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Return mean and maximum of the states of each passage's tokens."""
    flat, place = states.reshape(-1, states.shape[-1]), passage.reshape(-1)
    flat, place = flat[place >= 0], place[place >= 0]
    sizes = torch.zeros(count).index_add(0, place, torch.ones(len(place))).clamp(min=1)
    mean = torch.zeros(count, flat.shape[1]).index_add(0, place, flat) / sizes[:, None]
    lowest = torch.full((count, flat.shape[1]), -1e4)
    most = lowest.scatter_reduce(0, place[:, None].expand(-1, flat.shape[1]), flat, "amax")
    return mean, torch.where(most < -9e3, 0.0, most)


def _key(name: str) -> str:
    return name.replace(".", "/")
