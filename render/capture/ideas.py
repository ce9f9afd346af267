"""What people call things for which no class has that name, as data: phrases that mean the same, and their classes."""

from __future__ import annotations

_IDEAS = """
llm, large language model, language model, foundation model, generative ai, genai, gpt, chatgpt, claude, gemini, \
llama, mistral: ModelServer ModelPool PromptPart Planner aws.ml.Bedrock azure.ml.AzureOpenAI gcp.ml.VertexAI
rag, retrieval augmented generation: Retriever VectorIndex Assembler PromptPart ModelServer
agent, ai agent, tool use, tool calling, function calling, orchestrator: Planner
chatbot, assistant: ModelServer Planner
gpu, tpu, accelerator, cuda: ModelPool
vector db, vector database, vector store, ann, knn, nearest neighbour, nearest neighbor: VectorIndex \
onprem.database.Qdrant
embedding, two tower: EmbeddingTower EmbeddingTable Encoder VectorIndex
tokenizer, tokeniser: Encoder
inference, model serving, inference server, classifier, detector, predictor: ModelServer ModelPool
fine tuning, finetuning, training, training job: Trainer
distillation, student: Distiller
recommender, recommendation, candidate generation: Retriever Ranker
reranker, cross encoder: Ranker
guardrail, moderation, safety filter: Guard
kv cache, feature cache: Cache
model registry, model store, registry, data catalog: Catalogue onprem.mlops.Mlflow
drift, data quality, model monitoring: Monitor
canary, shadow, release gate: Gate Experiment
ab test, bandit, split test: Experiment
evaluation, offline evaluation, eval, benchmark: Evaluator
annotation, annotator, labelling, labeling, ground truth: Labeller LabelJoin
human in the loop, human review, escalation: ReviewQueue Labeller
neural network, mixture of experts, moe, layer: Expert Head Interaction
loss, objective: LossFunction
human, person, people, customer: onprem.client.User onprem.client.Users
phone, smartphone, mobile app: generic.device.Mobile
warehouse, data warehouse, lakehouse: saas.analytics.Snowflake gcp.analytics.BigQuery aws.analytics.Redshift \
onprem.analytics.Databricks
"""
"""A concept is named as it is, a product by its place in `diagrams`."""


def ideas() -> dict[str, list[str]]:
    """Return the places of the classes that each phrase means, the nearest first: "archfolio.Ranker"."""
    found: dict[str, list[str]] = {}
    for line in _IDEAS.strip().splitlines():
        phrases, _, classes = line.partition(":")
        places = [f"diagrams.{one}" if "." in one else f"archfolio.{one}" for one in classes.split()]
        for phrase in phrases.split(","):
            found.setdefault(phrase.strip(), []).extend(places)
    return found
