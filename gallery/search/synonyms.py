"""What readers call things, as data: each line is a group of phrases that mean the same."""

_GROUPS = """
rag, retrieval augmented generation, grounded answers
llm, large language model, language model, generative ai, gpt, chatgpt
ctr, click through rate, click prediction
pctr, predicted click through rate
pymk, people you may know, friend suggestions, friend recommendation, connection suggestions
eta, arrival time, time of arrival
a/b test, abtest, split test, online experiment, experiment
ann, approximate nearest neighbour, approximate nearest neighbor, nearest neighbour search, vector search, knn
hnsw, navigable small world
embedding search, vector index
feature store, online feature store
chargeback, dispute, disputed payment
hallucination, hallucinated, ungrounded, grounded, groundedness, made up answer
unsubscribe, opt out, mute, turn off
cctv, camera, surveillance
ner, named entity recognition, entities in text, entity extraction, text
ltr, learning to rank, lambdamart, lambdarank
reco, recsys, recommender, recommendation, recommend, suggestions
ads, advertising, advert, ad
fraud, scam, payment risk
spam filter, spam detection, spam
data leakage, leakage, leak, point in time, testing on the past, random split
gdpr, delete user data, right to be forgotten, forgotten, erasure, personal data, pii, privacy
too slow, latency
outage, goes down, is down, failover, fallback, reliability
moderation, toxicity, hate speech, trust and safety, abuse
autocomplete, typeahead, type ahead, query suggestion, auto complete, search suggest
feed, news feed, newsfeed, timeline, home feed
entity resolution, record linkage, deduplication, dedup, dedupe, dedupe record, matching records, identity resolution
cv, computer vision, image recognition, image classification
nlp, text classification, natural language processing
forecast, forecasting, demand forecast, time series, demand prediction
ocr, optical character recognition, text recognition
push, notification, notifications
drift, distribution shift, data drift, concept drift
skew, training serving skew
position bias, presentation bias
cold start, new user, new item
exploration, bandit, explore exploit, epsilon greedy
canary, staged rollout, progressive rollout
shadow, shadow traffic, dark launch
rollback, roll back
gnn, graph neural network
gbdt, gradient boosted trees, xgboost, lightgbm, boosted trees
multi task, multitask, mmoe
two tower, dual encoder, bi encoder
cross encoder, reranker, re ranker
kv cache, key value cache, prefix cache
ndcg, normalised discounted cumulative gain
ips, inverse propensity, propensity
calibration, calibrated, platt, isotonic
distillation, distil, student model, teacher
guardrail, safety filter, guard
chatbot, chat bot, assistant, conversational
scaling, scale up, zero to millions, autoscaling
gpu, accelerator, cuda
multi model, many models, model serving, inference server
human in the loop, annotators, labelling, review queue
filter bubble, echo chamber, diversity, popularity bias
class imbalance, imbalanced, imbalance, imbalanced class, rare positives
vector db, vector database, vector store, pinecone, faiss, milvus
thundering herd, stampede, cache stampede
retry storm, retries, backoff
what can i drop, load shedding, overload, admission control
slo, service level objective, error budget
spot instance, spot, preemptible
tco, build or buy, build buy, buy or build, total cost, what to buy
mde, minimum detectable effect, sample size
interference, spillover, network effect
on device, edge and mobile
explainability, interpretability, shap, lime, explanation, reason code
agents, agent, tool calling, function calling, tool use
mlops, lifecycle, ml lifecycle
geo, geospatial, location
eats, food delivery, delivery
youtube, video
netflix, video, movies
tiktok, short video, video
spotify, music
linkedin, people you may know, feed
facebook, meta, feed
twitter, timeline, feed
instagram, feed
uber, eta, arrival time
amazon, product, shopping
stripe, payment, fraud
google, search
"""


def groups() -> list[list[str]]:
    """Return the groups, each a list of phrases."""
    return [[phrase.strip() for phrase in line.split(",")] for line in _GROUPS.strip().splitlines()]
