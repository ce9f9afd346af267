"""Figures that many systems use, each once, dated and sourced: `reference("h100_memory")` puts one into an estimate."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.author_error import AuthorError, suggest, where
from archfolio.estimate import Input
from archfolio.figures import shown
from archfolio.units import WORD, parse_unit


@dataclass(frozen=True, slots=True)
class ReferenceFigure:
    """A published figure: what kind it is of, what it is, its value in a unit, who says so, when, and where."""

    group: str
    label: str
    value: float
    unit: str
    source: str
    year: int
    url: str
    note: str = ""

    @property
    def shown(self) -> str:
        """The value with its unit, as estimates show it."""
        return shown(self.value, parse_unit(self.unit, WORD.findall(self.unit)))


_H100 = ("NVIDIA, H100 Tensor Core GPU datasheet", 2024, "https://www.nvidia.com/en-us/data-center/h100/")
_A100 = ("NVIDIA, A100 Tensor Core GPU datasheet", 2021, "https://www.nvidia.com/en-us/data-center/a100/")
_L4 = ("NVIDIA, L4 Tensor Core GPU datasheet", 2023, "https://www.nvidia.com/en-us/data-center/l4/")
_DEAN = (
    "J. Dean, Numbers Everyone Should Know, LADIS keynote",
    2009,
    "https://www.cs.cornell.edu/projects/ladis2009/talks/dean-keynote-ladis2009.pdf",
)
_H200 = ("NVIDIA, H200 Tensor Core GPU datasheet", 2024, "https://www.nvidia.com/en-us/data-center/h200/")
_IEEE_754 = ("IEEE 754", 2019, "https://doi.org/10.1109/IEEESTD.2019.8766229")
_KAPLAN = ("Kaplan et al. (OpenAI), Scaling Laws for Neural Language Models", 2020, "https://arxiv.org/abs/2001.08361")
_HNSW = (
    "Faiss wiki, Guidelines to choose an index",
    2024,
    "https://github.com/facebookresearch/faiss/wiki/Guidelines-to-choose-an-index",
)

REFERENCES: dict[str, ReferenceFigure] = {
    "a100_memory": ReferenceFigure("GPUs", "Memory of an A100", 80e9, "byte/GPU", *_A100, note="the 80 GB version"),
    "adam_bytes": ReferenceFigure(
        "Language models",
        "Bytes per parameter in training with Adam",
        16,
        "byte/parameter",
        "Rajbhandari et al. (Microsoft), ZeRO",
        2020,
        "https://arxiv.org/abs/1910.02054",
        note="mixed precision: weight and gradient in 16 bits, weight and two moments in 32; activations come on top",
    ),
    "continent_round_trip": ReferenceFigure(
        "Latencies", "Round trip between continents", 150, "ms", *_DEAN, note="California to the Netherlands and back"
    ),
    "core_price": ReferenceFigure(
        "Prices",
        "Price of a core, with 4 GB of memory",
        0.048,
        "USD/hour/core",
        "AWS, EC2 on-demand pricing (m6i, us-east-1)",
        2025,
        "https://aws.amazon.com/ec2/pricing/on-demand/",
        note="an m6i.large, halved",
    ),
    "datacentre_round_trip": ReferenceFigure("Latencies", "Round trip within a data centre", 0.5, "ms", *_DEAN),
    "forward_flop": ReferenceFigure(
        "Language models",
        "Compute per parameter and token",
        2,
        "flop/parameter/token",
        *_KAPLAN,
        note="forward pass, without attention",
    ),
    "fp16_bytes": ReferenceFigure("Memory", "Bytes of a 16-bit number", 2, "byte/number", *_IEEE_754),
    "fp32_bytes": ReferenceFigure("Memory", "Bytes of a 32-bit number", 4, "byte/number", *_IEEE_754),
    "h100_bandwidth": ReferenceFigure("GPUs", "Memory bandwidth of an H100 SXM", 3.35e12, "byte/s/GPU", *_H100),
    "h100_bf16": ReferenceFigure(
        "GPUs", "Peak BF16 compute of an H100 SXM", 989e12, "flop/s/GPU", *_H100, note="dense"
    ),
    "h100_fp8": ReferenceFigure(
        "GPUs", "Peak FP8 compute of an H100 SXM", 1_979e12, "flop/s/GPU", *_H100, note="dense"
    ),
    "h100_memory": ReferenceFigure("GPUs", "Memory of an H100", 80e9, "byte/GPU", *_H100),
    "h100_price": ReferenceFigure(
        "Prices",
        "Price of an H100",
        2.99,
        "USD/hour/GPU",
        "Lambda, GPU cloud pricing",
        2025,
        "https://lambda.ai/pricing",
        note="on demand; reserved capacity costs less",
    ),
    "h200_bandwidth": ReferenceFigure("GPUs", "Memory bandwidth of an H200 SXM", 4.8e12, "byte/s/GPU", *_H200),
    "h200_memory": ReferenceFigure("GPUs", "Memory of an H200", 141e9, "byte/GPU", *_H200),
    "hnsw_link_bytes": ReferenceFigure(
        "Memory", "Bytes per HNSW link", 8, "byte/link", *_HNSW, note="4 bytes a link, twice M on the lowest layer"
    ),
    "l1_latency": ReferenceFigure("Latencies", "Reference to the L1 cache", 0.5, "ns", *_DEAN),
    "l4_bf16": ReferenceFigure(
        "GPUs",
        "Peak BF16 compute of an L4",
        121e12,
        "flop/s/GPU",
        *_L4,
        note="dense; the datasheet prints twice that, for sparse matrices",
    ),
    "l4_memory": ReferenceFigure("GPUs", "Memory of an L4", 24e9, "byte/GPU", *_L4),
    "l4_price": ReferenceFigure(
        "Prices",
        "Price of an L4",
        0.71,
        "USD/hour/GPU",
        "Google Cloud, GPU pricing (us-central1)",
        2025,
        "https://cloud.google.com/compute/gpus-pricing",
        note="on demand, with its g2-standard-4 host",
    ),
    "object_storage_price": ReferenceFigure(
        "Prices",
        "Price of object storage",
        0.023,
        "USD/GB/month",
        "AWS, S3 pricing (standard, us-east-1)",
        2025,
        "https://aws.amazon.com/s3/pricing/",
    ),
    "ram_latency": ReferenceFigure("Latencies", "Reference to main memory", 100, "ns", *_DEAN),
    "redis_value_bytes": ReferenceFigure(
        "Memory",
        "Redis bytes per value",
        112,
        "byte/value",
        "DoorDash, Building a Gigascale ML Feature Store with Redis",
        2020,
        "https://careersatdoordash.com/blog/building-a-gigascale-ml-feature-store-with-redis/",
        note="hashed and compressed",
    ),
    "ssd_latency": ReferenceFigure(
        "Latencies",
        "Random read of 4 KB from an SSD",
        100,
        "us",
        "Samsung, PM9A3 NVMe SSD whitepaper",
        2021,
        "https://semiconductor.samsung.com/ssd/datacenter-ssd/pm9a3/",
        note="about 80 to 100 microseconds",
    ),
    "tokens_per_word": ReferenceFigure(
        "Language models",
        "Tokens of an English word",
        1.33,
        "token/word",
        "OpenAI help centre, What are tokens and how to count them?",
        2024,
        "https://help.openai.com/en/articles/4936856-what-are-tokens-and-how-to-count-them",
        note="100 tokens are about 75 words",
    ),
    "training_flop": ReferenceFigure(
        "Language models",
        "Compute of training per parameter and token",
        6,
        "flop/parameter/token",
        *_KAPLAN,
        note="forward and backward pass",
    ),
}


def reference(name: str) -> Input:
    """Put in a published figure that many systems use, with its source and year.

    Raises AuthorError for a name that is not in `REFERENCES`, with the nearest that is.
    """
    if name not in REFERENCES:
        hint = suggest(name, REFERENCES) or f"; known are: {', '.join(REFERENCES)}"
        message = f"'{name}' is no reference figure{hint}"
        raise AuthorError(message)
    figure = REFERENCES[name]
    return Input(figure.label, figure.value, figure.unit, f"{figure.source}, {figure.year}", figure.note, where())
