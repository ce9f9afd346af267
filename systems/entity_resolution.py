"""Decide which of a billion records are the same person or company; answer for an unseen one in 200 ms.

Hundreds of sources share no key. Comparing all pairs is quadratic and true matches are a vanishing part of them, so
recall is lost in blocking before any model runs. Decisions on pairs must add up to consistent clusters: one false link
merges two people, and billing, compliance or care must be able to see why, and to undo it.

The answer is block, match, cluster: in batch for truth, online for freshness, with the same features and models, and
with clusters that are versions over records that are never overwritten.
"""

from diagrams import Cluster, Edge
from diagrams.aws.storage import S3
from diagrams.onprem.analytics import Dbt, Flink, Spark
from diagrams.onprem.client import Client, User, Users
from diagrams.onprem.database import Postgresql, Scylla
from diagrams.onprem.inmemory import Redis
from diagrams.onprem.mlops import Mlflow
from diagrams.onprem.monitoring import Grafana, Prometheus
from diagrams.onprem.network import Envoy, Etcd
from diagrams.onprem.queue import Kafka
from diagrams.onprem.workflow import Airflow, Kubeflow
from diagrams.programming.flowchart import Decision as Choice
from diagrams.programming.flowchart import Inspection, Preparation
from diagrams.programming.framework import React
from diagrams.programming.language import Go, Rust
from diagrams.saas.alerting import Pagerduty

from archfolio import (
    COMMON_BLOCKS,
    RESPONSIBILITY_BLOCKS,
    Assembler,
    Bias,
    Budget,
    Calibrator,
    CaseStudy,
    Clarification,
    Decision,
    Encoder,
    Estimate,
    Evaluation,
    Expert,
    FailureMode,
    FeatureGroup,
    Features,
    FollowUp,
    Framing,
    Gate,
    GraphStore,
    Head,
    Interaction,
    Label,
    Loss,
    LossFunction,
    MathFormula,
    Metrics,
    ModelServer,
    Monitor,
    Parallel,
    Phase,
    Planner,
    PromptPart,
    Ranker,
    Requirements,
    ReviewQueue,
    System,
    Tags,
    Trainer,
    VectorIndex,
    assume,
    batch,
    bibliography,
    cite,
    control,
    derive,
    feedback,
    reference,
    request,
    response,
    step,
    stream,
    view,
)

ESTIMATE = Estimate(
    # Records and pairs; a pair is counted as record times record
    records=assume("Records", 1e9, "record"),
    feeds=assume("Sources", 200, "source"),
    entities=assume("Entities", 300e6),
    entity_size=derive("Records per entity", "records / entities", "record"),
    all_pairs=derive("All pairs, without blocking", "records * (records - 1) / 2", "record**2"),
    true_pairs=derive("True pairs, if entities were of equal size", "records * (entity_size - 1) / 2", "record**2"),
    partners=assume("Candidate partners of a record after pruning", 40, "record"),
    pairs=derive("Candidate pairs in a full run", "records * partners / 2", "record**2"),
    compared=derive("Pairs compared, of all pairs", "pairs / all_pairs", "percent"),
    # What the quality target means
    recall=assume("Recall of true pairs, after clustering", 95, "percent"),
    errors=assume("Wrong pairs after clustering, of linked pairs", 0.05, "percent"),
    false_pairs=derive("False pairs that this allows", "true_pairs * recall * errors / (1 - errors)", "record**2"),
    false_merges=derive(
        "False merges, each of two mean entities",
        "false_pairs / entity_size ** 2",
        note="each joins every record with every",
    ),
    merge_rate=derive("False merges per million entities", "false_merges / entities * 1e6"),
    # Full run
    match_time=assume("Time for matching in a full run", 2, "hour"),
    pair_speed=assume("Pair features and trees", 20e3, "record**2/s/core", note="load-test before buying"),
    batch_cores=derive("Cores for all candidate pairs", "ceil(pairs / (pair_speed * match_time))", "core"),
    grey=assume("Pairs too uncertain for the trees, of candidate pairs", 2, "percent"),
    grey_pairs=derive("Uncertain pairs in a full run", "pairs * grey", "record**2"),
    gpu_flops=reference("l4_bf16"),
    used_flops=assume("Model FLOPs utilisation, of peak", 40, "percent"),
    cross_parameters=cite("Parameters of the cross-encoder", 66e6, "parameter", source="DistilBERT, Sanh et al. 2019"),
    cross_words=assume(
        "Word embeddings, of these", 23.4e6, "parameter", note="30,522 pieces of width 768: looked up, not multiplied"
    ),
    pair_tokens=assume("Tokens of a serialised pair", 256, "token/record**2"),
    parameter_flops=assume("FLOPs per parameter and token", 2, "flop/parameter/token", note="multiply and add"),
    cross_speed=derive(
        "Cross-encoder speed",
        "gpu_flops * used_flops / ((cross_parameters - cross_words) * parameter_flops * pair_tokens)",
        "record**2/s/GPU",
    ),
    batch_gpus=derive("GPUs for uncertain pairs", "ceil(grey_pairs / (cross_speed * match_time))", "GPU"),
    llm_parameters=assume("Parameters of a small language model", 8e9, "parameter"),
    llm_flops=reference("h100_fp8"),
    llm_price=reference("h100_price"),
    llm_run=derive(
        "A full run if a small language model read every pair",
        "pairs * llm_parameters * parameter_flops * pair_tokens / (llm_flops * used_flops) * llm_price",
        "USD",
    ),
    encoder_parameters=assume(
        "Parameters of the record encoder's layers", 10.6e6, "parameter", note="six of width 384, as in MiniLM"
    ),
    record_tokens=assume("Tokens of a serialised record", 64, "token/record"),
    encode_speed=derive(
        "Record encoder speed",
        "gpu_flops * used_flops / (encoder_parameters * parameter_flops * record_tokens)",
        "record/s/GPU",
    ),
    encode_hours=derive(
        "GPU time to encode all records", "records / encode_speed", "GPU*hour", note="after each new encoder"
    ),
    search_speed=assume("Vector searches, IVF-PQ", 2_000, "record/s/host"),
    search_hours=derive("Host time to search neighbours of all records", "records / search_speed", "host*hour"),
    # Stores
    keys=assume("Blocking keys stored per record", 6, "key/record"),
    key_bytes=assume("Bytes per key", 24, "byte/key"),
    key_index=derive("Blocking index", "records * keys * key_bytes", "byte"),
    code_bytes=assume("Product-quantised code", 64, "byte/record"),
    id_bytes=assume("Record id beside each code", 8, "byte/record"),
    vectors=derive("Embedding index", "records * (code_bytes + id_bytes)", "byte", note="4 shards"),
    record_bytes=assume("Canonical record", 2e3, "byte/record"),
    record_store=derive("Record store", "records * record_bytes", "byte", note="before replication"),
    links=assume("Match edges kept per record", 3, "edge/record"),
    link_bytes=assume("Bytes per match edge", 40, "byte/edge", note="with score and reason"),
    link_store=derive("Match-edge store", "records * links * link_bytes", "byte"),
    # Online
    changed=assume("New or changed records", 20e6, "record/day"),
    peak_factor=assume("Peak over average", 5, note="sources upload in batches"),
    peak_rate=derive("Peak change rate", "changed * peak_factor", "record/s"),
    load=assume("Load at which hosts are run, of capacity", 60, "percent"),
    key_ids=assume("Record ids from blocking keys, at most", 80, "record"),
    vector_ids=assume("Record ids from the vector index", 50, "record"),
    candidates=assume(
        "Candidates of an online record after the cut", 100, "record", note="a wider search than in batch"
    ),
    resolve_rate=assume("Resolve API at peak", 3_000, "record/s"),
    resolve_cores=derive(
        "Online feature cores, both streams",
        "ceil((peak_rate + resolve_rate) * candidates / (pair_speed * load))",
        "core",
    ),
    grey_mean=derive("Uncertain pairs per online record", "candidates * grey", "record"),
    grey_most=assume("Uncertain pairs that are re-scored, at most", 8, "record"),
    grey_rate=derive("Uncertain pairs at peak, both streams", "(peak_rate + resolve_rate) * grey_mean", "record**2/s"),
    spare=assume("Spare GPUs", 1, "GPU"),
    online_gpus=derive("Online GPUs", "ceil(grey_rate / (cross_speed * load)) + spare", "GPU"),
    # Latency at p99
    promise=assume("Promised answer, p99", 200, "ms"),
    gateway_time=assume("Gateway, auth, tenant policy, p99", 10, "ms"),
    normalise=assume("Normalise names, address, phone, dates, p99", 20, "ms"),
    key_time=assume("Make blocking keys, p99", 3, "ms"),
    key_read=assume("Look blocking keys up, p99", 25, "ms"),
    encode_time=assume("Embed the record, p99", 15, "ms"),
    vector_read=assume("Vector search, p99", 30, "ms"),
    fetch=assume("Fetch candidate records, p99", 20, "ms"),
    one_core=assume("Cores that compare one record's pairs", 1, "core/record"),
    queueing=assume("p99 over mean service time", 4, note="at {load} load"),
    compare=derive("Pair features and trees, p99", "candidates / pair_speed / one_core * queueing", "ms"),
    one_gpu=assume("GPUs that re-score one record's pairs", 1, "GPU/record"),
    cross_wait=assume("Batching and queueing before the cross-encoder, p99", 25, "ms"),
    rescore=derive("Cross-encoder, p99", "cross_wait + grey_most / cross_speed / one_gpu", "ms"),
    cluster_time=assume("Cluster decision: read clusters and rules, p99", 18, "ms"),
    write=assume("Write of assignment and event, p99", 15, "ms"),
    slack=assume("Network slack", 10, "ms"),
    # People
    tasks=assume("Review tasks", 5_000, "task/day"),
    review_speed=assume("Review speed", 60, "task/hour/reviewer"),
    shift=assume("Review hours", 6, "hour/day"),
    reviewers=derive("Reviewers", "ceil(tasks / (review_speed * shift))", "reviewer"),
    audit=assume("Random audit, of these", 500, "task/day"),
    variance_factor=assume(
        "Sample size factor", 16, "task", note="two-sided 5 % test with 80 % power: 2 (1.96 + 0.84)²"
    ),
    audit_size=derive(
        "Pairs to judge, before and again after, to see the error rate double",
        "variance_factor * 1.5 * (1 - 1.5 * errors) / errors",
        "task",
        note="uniform samples before and after; variance at the mean of both rates, 1.5 times the first",
    ),
    audit_days=derive("Days of audit for that", "audit_size / audit", "day"),
    # Cost
    core_price=reference("core_price"),
    gpu_price=reference("l4_price"),
    host_price=assume("Vector search host, 8 cores and 64 GB", 0.5, "USD/h/host"),
    memory_price=assume("Memory-optimised hosts", 5e-9, "USD/byte/month", note="5 USD per GB and month"),
    flash_price=assume("Flash-dense hosts", 0.3e-9, "USD/byte/month", note="0.30 USD per GB and month"),
    copies=assume("Copies of each store", 3),
    other_cores=assume("Cores for parsing, decisions and events, over feature cores", 3),
    run_cost=derive(
        "Machines that encode, search and match in a full run",
        "batch_cores * match_time * core_price + batch_gpus * match_time * gpu_price"
        " + encode_hours * gpu_price + search_hours * host_price",
        "USD",
    ),
    online_cost=derive(
        "Online machines per day",
        "resolve_cores * (1 + other_cores) * core_price + online_gpus * gpu_price"
        " + (key_index + vectors) * copies * memory_price + (record_store + link_store) * copies * flash_price",
        "USD/day",
    ),
    resolves=derive("Resolve requests per day", "resolve_rate / peak_factor", "record/day"),
    quoted=assume("Requests for which the cost is quoted", 1_000, "record"),
    cost_per_thousand=derive(
        "Cost of 1,000 resolved records", "quoted * online_cost / (resolves + changed)", "USD", note="without reviewers"
    ),
    wage=assume("Reviewer, all costs", 200, "USD/reviewer/day"),
    review_cost=derive("Reviewers per day", "reviewers * wage", "USD/day"),
)

SYSTEM = System(
    title="Entity resolution",
    family="end-to-end",
    position=15,
    tags=Tags(
        task=["matching"],
        pattern=["cascade", "embedding retrieval", "graph features", "rules and model", "human in the loop"],
        data=["tabular", "text", "graph"],
    ),
    framing=Framing(
        goal="Give every business process one trustworthy view of a person or company, and never a wrong merge that harms one.",
        decision="For each record: which entity it belongs to, or that it starts a new one; for each cluster: keep, merge or split.",
        task="Binary classification of record pairs inside candidate sets, then clustering of the scored graph under constraints.",
        label="A steward's verdict on a pair: match, no match, or cannot tell; verified identifiers as weak positives.",
        metric="False merges per million entities at a fixed recall of true pairs, by source pair and population group.",
        not_optimised="Pairwise F1. A false merge and a missed merge do not cost the same: a missed one is a duplicate letter, a "
        "false one is somebody else's medical record. Nor the size of the reduction: fewer entities is not better.",
        baseline="Exact match on normalised email, phone, tax number and on name with birth date. It finds perhaps 60 to 70 % of "
        "true pairs (assumption) at very high precision, and is enough where one trusted identifier is mandatory at entry.",
    ),
    clarifications=[
        Clarification(
            "People, companies or products?",
            "People and companies; products have long text and no birth date, and would lean on embeddings.",
        ),
        Clarification(
            "What does a wrong merge cost, against a missed one?",
            "Much more: compliance and care read these entities. Missed pairs can be found next week.",
        ),
        Clarification(
            "Must ids be stable?", "Yes. Merges and splits are published as events, and the larger part keeps the id."
        ),
        Clarification(
            "Batch, stream or query?",
            "All three: a weekly truth run, changes within 5 s, and unseen records in {promise}.",
        ),
        Clarification(
            "Is there a shared key in some sources?",
            "In about a third (assumption), with errors; it is trusted per source, not in general.",
        ),
        Clarification(
            "Who may see the data?",
            "Stewards see masked fields; purpose of use is checked at the gateway; deletion must propagate.",
        ),
        Clarification(
            "How fast does the corpus change?",
            "{changed:n} records a day of {records:n}, in uploads rather than evenly.",
        ),
    ],
    requirements=Requirements(
        functional=[
            "Resolve the whole corpus in batch, each change incrementally, and answer: which entity is this?",
            "Keep ids stable, with merge and split events, lineage to records, scores and rules; links made by people hold.",
            "Build a golden record with the source of every field; honour deletion and do-not-link.",
            "Let people review uncertain pairs and large or risky clusters; their verdicts train the matcher.",
        ],
        qualities={
            "Quality": "At most {errors} of linked pairs are wrong, at {recall} recall after clustering (assumptions): {merge_rate} "
            "false merges per million entities.",
            "Latency": "p99 of {promise} at the resolve API (assumption).",
            "Freshness": "A change is in its entity within 5 s at p99; a full run takes 6 h, weekly (assumptions).",
            "Availability": "99.9 % (assumption). Without matching, exact keys answer and the rest is provisional.",
        },
    ),
    estimate=ESTIMATE,
    headline=["resolve_rate", "pairs", "merge_rate", "cost_per_thousand"],
    key_inputs=["records", "partners", "grey", "changed", "resolve_rate"],
    cost="cost_per_thousand",
    budget=Budget(
        "p99 at the resolve API, for an unseen record",
        promise="promise",
        stages={
            "Gateway, auth, tenant policy": "gateway_time",
            "Normalise names, address, phone, dates": "normalise",
            "Candidates": Parallel(
                {
                    "Make and look up blocking keys": "key_time + key_read",
                    "Embed and search the vector index": "encode_time + vector_read",
                }
            ),
            "Fetch {candidates} candidate records": "fetch",
            "Pair features and trees on {candidates} pairs": "compare",
            "Cross-encoder on at most {grey_most} uncertain pairs": "rescore",
            "Cluster decision under constraints": "cluster_time",
            "Write of assignment and event": "write",
            "Network slack": "slack",
        },
    ),
    labels=[
        Label(
            "Steward's verdict",
            window="Task open for 7 days",
            positive="Match, with both records in view",
            negative="No match",
            ignored="Cannot tell; leases that ran out",
            delay="Hours to days",
            bias="Selected for uncertainty and impact; weighted by the probability of selection",
            where="training/Review queue -> Label store",
        ),
        Label(
            "Verified identifier",
            window="Both records within 5 years",
            positive="Equal tax or registry number from trusted sources",
            negative="Different numbers of one issuing register",
            ignored="Numbers on a list of placeholders or shared numbers",
            delay="None",
            bias="Only rich records have one, so poor records are under-represented; the identifier is hidden from features",
            where="training/Weak labels -> Entity-level split",
        ),
        Label(
            "Random audit",
            window="Every day",
            positive="Match",
            negative="No match",
            ignored="Cannot tell, reported as its own share",
            delay="1 day",
            bias="None by design: stratified by score and source with known probabilities; used to measure, never to train",
            where="operations/Label store -> Audited precision",
        ),
        Label(
            "Overturned link",
            window="90 days after the link",
            positive="None: silence does not confirm a link",
            negative="A consumer or the person concerned reports a wrong merge, and a steward agrees",
            ignored="Requests for deletion",
            delay="Weeks",
            bias="Only merges that hurt somebody are reported",
            where="review/Data stewards -> Review console",
        ),
    ],
    training_example={
        "pair": "crm:88213 | registry:DE-7741",
        "name": "'Meyer, Jon' | 'Jonathan Meier'; Jaro-Winkler 0.86, phonetic key equal",
        "surname weight": "-log2 of frequency: 9.1 bit",
        "birth date": "1984-01-02 | 1984-02-01; day and month swapped",
        "phone": "missing | +49 30 5557...; mask 1",
        "address": "0.4 km apart, same postcode",
        "source pair": "crm × registry",
        "selection probability": "0.03",
        "label": "match (two stewards)",
        "weight": "33 (inverse probability)",
    },
    features=[
        FeatureGroup(
            "Names",
            features=[
                "Jaro-Winkler of given and family name",
                "phonetic keys equal",
                "nickname table hit (Bill, William)",
                "order of tokens swapped",
                "-log frequency of the rarer family name",
                "transliteration distance",
            ],
            freshness="as of the record version",
            store="serving/Pair features",
            leak="Frequency tables built with the test entities; they are frozen with the split.",
        ),
        FeatureGroup(
            "Dates and places",
            features=[
                "birth date edit distance",
                "day and month swapped",
                "placeholder date (1 January)",
                "distance between addresses in km",
                "postcode prefix shared",
                "years in which both addresses were valid overlap",
            ],
            freshness="as of the record version",
            store="serving/Record store",
            leak="The golden record's address, which earlier links already merged; only source records are compared.",
        ),
        FeatureGroup(
            "Identifiers",
            features=[
                "phone equal in E.164 form",
                "email equal after normalising",
                "company number equal",
                "records that share this phone",
                "identifier is on the placeholder list",
            ],
            freshness="seconds, with the index",
            store="serving/Blocking index",
            leak="The verified number that made the weak label: it is masked for those pairs in training.",
        ),
        FeatureGroup(
            "Missingness and source",
            features=[
                "missing mask per field",
                "source pair",
                "trust in each source",
                "age gap of the records",
                "fields that both sides have",
            ],
            freshness="as of the record version",
            store="model/Comparison vector",
            leak="Source pair alone predicts matches where one feed was deduplicated; calibrate per source pair, drop the id from trees.",
        ),
        FeatureGroup(
            "Neighbourhood",
            features=[
                "blocking keys in common",
                "embedding distance",
                "shared partners of both records",
                "size of the candidate's cluster",
                "conflicting facts in that cluster",
            ],
            freshness="seconds",
            store="serving/Vector index",
            leak="Cluster size after the very link that is predicted; features use the version before the decision.",
        ),
    ],
    loss=Loss(
        objective="Boosted trees and the cross-encoder minimise weighted log-loss on pairs inside candidate sets; weights undo the "
        "selection of the active learner. The record encoder, which only blocks, is trained contrastively with in-batch and "
        "hard negatives. Before there are labels, Fellegi-Sunter weights fitted by EM stand in.",
        formulas=[
            MathFormula(
                "Fellegi-Sunter match weight",
                r"M = \log_2 \frac{\lambda}{1 - \lambda} + \sum_k \log_2 \frac{m_k}{u_k}",
                "λ is the share of matches among candidate pairs, m and u the probabilities of agreement k among matches and "
                "non-matches; u of a surname is its frequency, so that Smith counts for less than Featherstonehaugh.",
            ),
            MathFormula(
                "Weighted log-loss of a pair",
                r"\mathcal{L} = -\sum_i \frac{1}{\pi_i} \left[ y_i \log p_i + (1 - y_i) \log (1 - p_i) \right]",
                "π is the probability with which the learner selected the pair, floored at 0.01 so that no pair dominates.",
            ),
            MathFormula(
                "Contrastive loss of the record encoder",
                r"\mathcal{L}_{enc} = -\log \frac{e^{\cos(z_a, z_b) / \tau}}{\sum_{j \in B} e^{\cos(z_a, z_j) / \tau}}",
                "a and b are records of one entity, B the batch with hard negatives from shared keys, τ about 0.05. It buys recall "
                "in blocking, so near misses may stay near.",
            ),
            MathFormula(
                "Correlation clustering",
                r"\min_{C} \; \sum_{(i,j) \; together} \max(0, -w_{ij}) + \sum_{(i,j) \; apart} \max(0, w_{ij}), \quad w_{ij} = \log \frac{p_{ij}}{1 - p_{ij}}",
                "Cost of disagreeing with the calibrated pair scores; must-link and cannot-link pairs have infinite weight. The "
                "number of clusters follows from the weights.",
            ),
        ],
        calibration="Isotonic regression on stewards' verdicts about entities that the matchers were not fitted on, weighted back to true prevalence, because log-odds are added up in clustering: a "
        "matcher that is over-confident on one source pair chains its records. {feeds} make 20,000 pairs of sources, so only those with "
        "1,000 verdicts have their own curve; the others share one by kind of source. Each week the matches it "
        "expects in ten score bands are compared with those of the audit, which is never fitted on.",
    ),
    evaluation=Evaluation(
        offline="Entities, not pairs, are split, and near neighbours stay on one side. Blocking: pair completeness against a brute-force "
        "scan of sampled records. Matcher: precision at fixed recall, weighted to true prevalence. Clusters: B-cubed, false merges.",
        disagreement="Benchmarks hold one match in ten pairs, candidate sets one in seventeen and the corpus one in 430 million, so precision "
        "there says little. A matcher that gains pairwise can still lose after clustering, where one false bridge joins all pairs of two clusters.",
        unit="A connected component of the candidate graph, because changing one link moves its neighbours. Both versions run on a "
        "closed 1 % sample of components; only consumers' reading is randomised, by entity.",
        duration="One shadow run of 6 h and two weeks in which stewards judge the diff; consumer metrics for four weeks.",
        power="Only {errors} of linked pairs are wrong: to see that rate double takes {audit_size} uniformly drawn pairs before and "
        "as many after, {audit_days} each at {audit}. So the audit is stratified by score, and two versions are judged only on pairs where they differ: a few hundred.",
        guardrails="Largest cluster, id churn, merges to splits, error ratio between population groups, no-match rate by feed, p99.",
    ),
    biases=[
        Bias(
            "Selection of labelled pairs",
            "Stewards see uncertain pairs; precision measured there says nothing about easy ones.",
            "Weights by selection probability, and a stratified random sample that only measures.",
            "review/Random sample",
        ),
        Bias(
            "Blocking hides its own misses",
            "A pair that shares no key is never scored, so recall looks perfect.",
            "Estimate recall against a brute-force scan, and add embedding neighbours.",
            "training/Blocking recall estimate",
        ),
        Bias(
            "Naming customs",
            "One family name for half a village, two family names, transliteration: frequency-based weights and string distances err by group.",
            "Slices in the gate, thresholds and review by group, frequency tables by region.",
            "training/Group slices",
        ),
        Bias(
            "Popular values",
            "Common surnames, switchboard phones and office addresses link strangers.",
            "Purge oversized keys, weigh agreement by rarity, cap blocks.",
            "batch/Purging and meta-blocking",
        ),
        Bias(
            "Anchoring of reviewers",
            "Stewards agree with the score and the summary that they see.",
            "10 % are graded twice, and random tasks show no score.",
            "review/Data stewards",
        ),
        Bias(
            "Delayed correction",
            "A false merge is found weeks later, after golden record and features have absorbed it.",
            "Clusters are versions over records; a split recomputes everything that follows.",
            "review/Merge-split service",
        ),
        Bias(
            "Cold start of a source",
            "No labels, unknown formats, other error rates.",
            "Source gates, weights by EM from unlabelled pairs, first 1,000 links reviewed, provisional trust.",
            "training/Fellegi-Sunter EM",
        ),
        Bias(
            "Cold start of an entity",
            "The first record has nothing to match and starts a singleton; its twin may arrive in the same second.",
            "Compare-and-set, and a sweep every minute that re-matches new singletons.",
            "serving/Cluster decision",
        ),
    ],
    decisions=[
        Decision(
            "Several keys and embedding neighbours, pruned",
            why="Each key misses the records whose field is wrong or empty; their union misses only records with all of them wrong. "
            "Embeddings add aliases and scripts. Pruning by shared keys brings a record down to {partners} partners.",
            rejected=[
                "One strict key: cheap, but loses every record with an error in that field",
                "Embeddings alone: near names are not near persons, an equal tax number hardly moves a vector, and no key says why two records met",
            ],
            revisit_when="a mandatory identifier covers over 95 % of records with under 0.1 % errors",
        ),
        Decision(
            "Trees, then a cross-encoder on the grey {grey}",
            why="Trees on comparison features score {pair_speed:n} pairs per core and second and are monotone and explainable. The cross-encoder reads context that "
            "features drop, at {cross_speed:n} pairs per GPU and second: affordable on {grey_pairs} pairs, not on {pairs}.",
            rejected=[
                "A cross-encoder on all pairs: fifty times {batch_gpus} GPUs for the same two hours",
                "An LLM on every pair: best where labels are few, but even one of {llm_parameters:n} parameters costs {llm_run} a run, and a large hosted one, "
                "at half a dollar per thousand pairs (assumption), ten million",
            ],
            revisit_when="fewer than 10 M candidate pairs, or records that are mostly free text",
        ),
        Decision(
            "Fellegi-Sunter first, supervised later",
            why="EM needs no labels, starts on day one and its weights can be read by an auditor. Supervised trees model interactions, such as "
            "swapped dates with equal phones, once some ten thousand verdicts exist.",
            rejected=[
                "Fellegi-Sunter alone: assumes that fields agree independently, which addresses of one household do not",
                "Supervised from the start: needs labels that only a running system can select well",
            ],
            revisit_when="auditors require additive weights, or a source pair has fewer than 1,000 labels",
        ),
        Decision(
            "Correlation clustering of large groups",
            why="Connected components trust every link, so one false bridge merges two people. Correlation clustering weighs the missing "
            "links inside a group against it, and is only run on components over ten records or with conflicts.",
            rejected=[
                "Components alone: linear and simple, but false links chain",
                "Correlation clustering everywhere: NP-hard, approximated, and needless in pairs and triples",
            ],
            revisit_when="links are so precise that components over ten records vanish",
        ),
        Decision(
            "Incremental, with a weekly recompute",
            why="An incremental decision sees only today's neighbours and never revisits yesterday's. The weekly run repairs that for {run_cost} of "
            "encoding and matching, and measures how often the two disagree.",
            rejected=[
                "Incremental only: errors accumulate, and order of arrival decides clusters",
                "Batch only: a change waits up to a week",
            ],
            revisit_when="agreement stays above 99.9 %: recompute monthly; or consumers cannot take id changes",
        ),
        Decision(
            "Reversible clusters",
            why="Clusters and golden records are views over immutable source records and edges, so an unlink recomputes one component and "
            "publishes a split. It costs {link_store} of edges and the record store, little beside one wrongful denial.",
            rejected=[
                "Destructive merges: half the storage, no way back, no lineage",
                "Undo logs on merged records: break as soon as a third merge follows",
            ],
            revisit_when="regulation or retention forbids keeping source records",
        ),
    ],
    failures=[
        FailureMode(
            "Over-merge: a shared phone or placeholder chains thousands of records.",
            "Cluster growth, bridges, conflicting birth dates in one cluster.",
            "Freeze the component, purge the value as a key, re-cluster, publish the splits.",
        ),
        FailureMode(
            "A source changes its format and loses recall silently.",
            "Nulls, patterns and no-match rate per feed.",
            "Quarantine the feed at its gate, fix the parser, replay.",
        ),
        FailureMode(
            "A giant block stalls the run.",
            "Tail of block sizes, straggling tasks.",
            "Cap the block, use sub-keys, salt the join, and report the recall that is lost.",
        ),
        FailureMode(
            "Online and batch disagree.",
            "Agreement of the weekly run with online assignments falls below 98 %.",
            "Compare versions of library, index and model; re-cluster the components concerned.",
        ),
        FailureMode(
            "Race: two records of one person arrive together and each creates an entity.",
            "Compare-and-set conflicts, pairs of new singletons that match.",
            "Retry with fresh candidates; a sweep each minute merges provisional singletons.",
        ),
        FailureMode(
            "A person who was deleted comes back with the next upload or weekly run.",
            "Records and releases are matched against the suppression list, which keeps keyed hashes of identifiers only.",
            "The gate holds what matches; the record is dropped, from source snapshots too, its edges and the golden record are computed again, and consumers get a deletion event.",
        ),
        FailureMode(
            "Records with some naming customs are linked worse.",
            "Slices of the random sample.",
            "Thresholds and review by group, more labels; adverse uses wait for a person.",
        ),
        FailureMode(
            "The matcher or vector index is down.",
            "The resolve API's circuit breaker opens on errors or latency.",
            "The API answers from exact keys by itself and marks other records provisional; they are replayed later.",
        ),
    ],
    metrics=Metrics(
        offline=[
            "Pair completeness and reduction ratio of blocking",
            "Precision and recall weighted to true prevalence, B-cubed, false merges per million entities",
            "Cluster sizes, calibration by source pair",
        ],
        online=[
            "Agreement with the weekly run, audited precision",
            "Time from change to entity",
            "No-match rate, overturned links, share answered by exact key",
        ],
        guardrail=[
            "False merges per million entities, at most {merge_rate}",
            "Growth of the largest cluster, id churn per week",
            "Error ratio between groups, p99, age of the review backlog",
        ],
    ),
    follow_ups=[
        FollowUp(
            "mid",
            "Why not compare all pairs on a big cluster?",
            "A billion records make {all_pairs} pairs. At {pair_speed:n} pairs per core and second that is 290 million core-days; blocking leaves {pairs}, "
            "which {batch_cores} cores do in two hours. Nearly all skipped pairs are obvious non-matches. The price is recall: a pair that shares no "
            "key is lost, so I measure that loss against a brute-force scan of sampled records.",
            "Use Spark and a cross join with a good machine",
            "batch/Multi-key blocking",
        ),
        FollowUp(
            "mid",
            "What does 99.5 % pairwise precision mean for users?",
            "Less than it sounds. With {true_pairs} true pairs at {recall} recall, half a per cent of false ones is 5.6 million pairs. If a false merge joins two entities of "
            "mean size, that is 11 pairs each, so half a million merges: 1,700 per million entities. I therefore ask for {errors} of wrong pairs, {merge_rate} per "
            "million, and report merges rather than pairs.",
            "99.5 % is excellent, ship it",
            "operations/Audited precision",
        ),
        FollowUp(
            "senior",
            "How do you measure recall when you do not know the true pairs?",
            "Take a few thousand random records, score each against the whole corpus with a cheap model and no blocking, and have people judge the top of each list. "
            "That gives the true pairs of the sample; the share that blocking also found is pair completeness. Where verified identifiers exist, hide them and count. "
            "Capture-recapture across independent keys gives a second estimate.",
            "Recall on the labelled pairs, all of which came from blocking",
            "training/Blocking recall estimate",
        ),
        FollowUp(
            "senior",
            "A matches B, B matches C, A does not match C. Now what?",
            "The pair scores contradict each other, so I look at weights, not votes. Correlation clustering compares the log-odds of keeping all three with those of cutting "
            "the weakest link; a strong negative between A and C outweighs a weak positive. Cannot-link rules, such as two birth dates in one registry, decide outright. "
            "If the difference is small, the component goes to a steward.",
            "Transitive closure merges them",
            "batch/Correlation clustering",
        ),
        FollowUp(
            "senior",
            "How do you keep entity ids stable when clusters change weekly?",
            "Old and new clusters are matched by overlap of records: the new cluster that holds most records of an old one keeps its id. In a merge the larger or older "
            "part keeps it, the other becomes an alias; in a split the larger part keeps it and the rest gets a new id. All are published as events with both ids, and "
            "churn per week is a guardrail.",
            "Hash the member records, so that every change makes a new id",
            "batch/Id assignment",
        ),
        FollowUp(
            "senior",
            "Online and batch must agree. How?",
            "One library for standardising, one feature code, one model and one set of thresholds, released as one version. The rest differs by nature: online sees fewer "
            "neighbours and decides greedily. So the weekly run counts how many online assignments it confirms; below 98 % the components are re-clustered and versions "
            "compared. Online prefers a singleton over a doubtful merge, since joining later is cheap.",
            "They run the same model, so they agree",
            "operations/Online-batch agreement",
        ),
        FollowUp(
            "senior",
            "Where would you use a large language model?",
            "Where it reads little and its mistake is caught: summarising evidence for a steward, proposing parsers for a new source, labelling hard pairs that people then "
            "sample. As a matcher it is strong without labels, but {pairs} pairs at a few hundred tokens each are trillions of tokens a week. In the grey {grey} "
            "a fine-tuned small encoder is close, at {cross_speed:n} pairs per GPU and second.",
            "Send each pair to the model and ask yes or no",
            "review/Explain assistant",
        ),
        FollowUp(
            "staff",
            "Two hospitals may not share raw names. Can you still link?",
            "Yes, with loss. Both sides encode fields as keyed Bloom filters or compare by private set intersection, agree on the key through a third party, and only match "
            "weights leave. Similarity of filters approximates n-gram overlap, but frequency attacks are known, so salts per field and hardening are needed. Review on raw "
            "fields is impossible, so thresholds are stricter and recall falls.",
            "Hash the names with SHA-256 and compare",
            "serving/API gateway",
        ),
        FollowUp(
            "staff",
            "A customer complains that two people were merged. Walk me through it.",
            "The entity's lineage shows the link, its score, model version and evidence. A steward unlinks: that writes a cannot-link rule and a new cluster version, "
            "publishes a split with both ids, and recomputes the golden records. Consumers replay the event. Then I ask for the kind: same phone, same parser? The sentinel "
            "searches for siblings, and the pair enters the labels with its propensity.",
            "Delete the link in the database",
            "review/Merge-split service",
        ),
        FollowUp(
            "staff",
            "Records grow tenfold. What changes?",
            "Pairs grow tenfold if blocks are capped, a hundredfold if not, so caps and sub-keys come first. The full run then needs {batch_cores} cores times ten, still cheap. "
            "The index no longer fits a few hosts: shard by key, and search vectors on fewer records. The weekly run becomes incremental by component: only components whose records or "
            "models changed. Review stays at {tasks:n} tasks, so uncertainty must shrink.",
            "Add machines linearly",
            "decision: Several keys",
        ),
    ],
    case_studies=[
        CaseStudy(
            "UK Ministry of Justice",
            system="Splink: Fellegi-Sunter with EM and term-frequency adjustment, on DuckDB or Spark; a million records on a laptop in about a minute.",
            difference="They stay with additive weights, because a government must explain a link and has few labels; we move on to trees when labels allow.",
            source="https://moj-analytical-services.github.io/splink/",
        ),
        CaseStudy(
            "Megagon Labs",
            system="Ditto: both records serialised with column marks and read by a pre-trained language model; F1 of 96.5 % on two company sets of 789 k and 412 k records.",
            difference="The language model is the matcher after simple blocking; at twenty billion pairs we keep it for the grey {grey}.",
            source="https://arxiv.org/abs/2004.00584",
        ),
        CaseStudy(
            "Regis24 and Tilo",
            system="TiloDB: a German credit bureau's serverless store that resolves on write, so that searching with an old address finds the latest one.",
            difference="Rules instead of a learned matcher, and entities assembled at ingestion without a weekly truth run.",
            source="https://tilotech.io/tilodb",
        ),
    ],
    five_minutes=[
        Phase(
            0.7,
            "Frame",
            "I would design entity resolution for people and companies: a billion records from two hundred sources, no shared key. The decision is which records are the same "
            "entity. The costs are lopsided: a missed link is a duplicate letter, a false link is somebody else's medical file. So the metric is false merges per million entities "
            "at a fixed recall, by source and by group. The baseline is exact matching on cleaned identifiers, and it stays as the fallback. I would ask first whether ids must be stable, who reads the entities, and whether a person can be asked before an adverse use; I assume yes to all three.",
        ),
        Phase(
            0.7,
            "Size",
            "All pairs would be five times ten to the seventeen. Blocking must bring that to about forty partners a record, {pairs} pairs, of which roughly one in seventeen is true. "
            "Trees score twenty thousand pairs per core and second, so {batch_cores} cores finish in two hours. The uncertain two per cent go to a transformer on {batch_gpus} GPUs. "
            "Encoding, search and matching cost about {run_cost:n} dollars a run. People cost more: {reviewers:n} reviewers, at {review_cost:n} dollars a day. So I spend machine time freely and steward time carefully, on the pairs and clusters where a verdict changes most records.",
        ),
        Phase(
            1.2,
            "Pipeline",
            "Standardise first: names, addresses, phones, dates, placeholders to null. Then block by several keys, so that no single error loses a record, and add nearest neighbours of a "
            "record embedding for aliases and other scripts. Purge giant blocks. Then match: comparison features with rarity of the value, boosted trees, two thresholds, and a cross-encoder "
            "between them. Then cluster: components for the easy ones, correlation clustering where they are large or contradict themselves, under must-link and cannot-link rules from "
            "stewards. I calibrate scores per source pair first, because clustering adds up their log-odds, and an over-confident source would chain its records. Finally assign ids by overlap with last week, build golden records, and let a diff gate stop a release that merges too much.",
        ),
        Phase(
            0.9,
            "Online",
            "An unseen record is answered in two hundred milliseconds with the same library and models. Keys and vectors are searched in parallel, up to a hundred and thirty ids are cut to a hundred, "
            "trees decide, at most eight pairs are read by the transformer. The cluster decision reads the candidates' clusters and rules, then writes with a compare-and-set. In doubt it starts "
            "a singleton, because joining later is cheap and splitting is not. If matching is down, exact keys answer and the record is provisional. An event then updates both indexes, so that the next record sees this one within seconds, and a sweep each minute joins twins that arrived together.",
        ),
        Phase(
            0.8,
            "Labels and evaluation",
            "Labels come from stewards, selected for uncertainty and impact, so I log the probability of selection and weight by it. A random sample only measures. I split by entity, "
            "measure blocking recall against brute force, and judge after clustering. With {errors} of linked pairs wrong, errors are so rare that a uniform audit takes {audit_days} on either side to see them double; so "
            "two versions are compared on the links where they differ.",
        ),
        Phase(
            0.7,
            "Operate and trade off",
            "I watch cluster growth, conflicting facts, agreement of online with the weekly run, and errors by naming custom. Everything is reversible: clusters are versions over source "
            "records, and a split is an event. I would defend the weekly recompute hardest, since an incremental system never revisits its mistakes. The first thing to revisit is the "
            "cross-encoder, if labels show that trees with better features do as well.",
        ),
    ],
    interview_plan=[
        Phase(
            5,
            "Clarify and frame",
            "Which entities, cost of a false merge against a missed one, batch or online, stable ids. State false merges per million as the metric.",
        ),
        Phase(
            5,
            "Size",
            "All pairs, candidate pairs, cores, GPUs. Turn pairwise precision into merges per million: it surprises most interviewers.",
        ),
        Phase(
            10,
            "Draw the batch pipeline",
            "Standardise, block, prune, features, trees, cross-encoder, components, correlation clustering, ids, golden record, gate.",
        ),
        Phase(
            8,
            "Matcher",
            "Comparison features with rarity, Fellegi-Sunter weight on the board, trees, serialised pair for the cross-encoder, calibration per source pair.",
        ),
        Phase(
            7,
            "Online path",
            "Same library, parallel candidates, cut to a hundred, compare-and-set, singleton in doubt. Budget beside it.",
        ),
        Phase(
            6,
            "Labels, evaluation, people",
            "Active learning with propensities, random audit, entity split, blocking recall, shadow run, undo.",
        ),
        Phase(
            4,
            "Operations and trade-offs",
            "Over-merge sentinel, agreement, group slices; where an LLM helps; tenfold records.",
        ),
    ],
    building_blocks=["feature-engineering", "embeddings-retrieval", *RESPONSIBILITY_BLOCKS, *COMMON_BLOCKS],
    sources=bibliography("""
        I. Fellegi, A. Sunter, "A Theory for Record Linkage", Journal of the American Statistical Association 1969
            https://doi.org/10.1080/01621459.1969.10501049 match weights, two thresholds, clerical review
        G. Papadakis et al., "Blocking and Filtering Techniques for Entity Resolution: A Survey", ACM Computing Surveys 2020
            https://doi.org/10.1145/3377455 purging, meta-blocking, pair completeness
        V. Christophides et al., "An Overview of End-to-End Entity Resolution for Big Data", ACM Computing Surveys 2020
            https://doi.org/10.1145/3418896 the order of blocking, matching and clustering
        Y. Li et al. (Megagon Labs), "Deep Entity Matching with Pre-Trained Language Models", PVLDB 2020
            https://arxiv.org/abs/2004.00584 the cross-encoder on serialised records; F1 of 96.5 % on company records
        V. Sanh et al. (Hugging Face), "DistilBERT, a distilled version of BERT: smaller, faster, cheaper and lighter", EMC2 at NeurIPS 2019
            https://arxiv.org/abs/1910.01108 66 million parameters
        NVIDIA, "NVIDIA L4 Tensor Core GPU", NVIDIA data sheet 2023
            https://www.nvidia.com/en-us/data-center/l4/ 242 TFLOPS in BF16 with sparsity, so 121 dense
        A. Gruenheid, X. L. Dong, D. Srivastava, "Incremental Record Linkage", PVLDB 2014
            https://doi.org/10.14778/2732939.2732943 merge, split and move on updates
        N. Bansal, A. Blum, S. Chawla, "Correlation Clustering", Machine Learning 2004
            https://doi.org/10.1023/B:MACH.0000033116.57574.95 clusters from agreeing and disagreeing edges
        UK Ministry of Justice, "Splink", project documentation 2026
            https://moj-analytical-services.github.io/splink/
            probabilistic linkage with EM and term frequencies: a million records on a laptop in about a minute
        Regis24 and Tilo, "A Novel Approach to Entity-Resolution using Serverless Technology", Tilo 2021
            https://tilotech.io/tilodb resolution on write at a credit bureau
        P. Konda et al. (Wisconsin), "Magellan: Toward Building Entity Matching Management Systems", PVLDB 2016
            https://doi.org/10.14778/2994509.2994535 the workflow from blocking to a debugged matcher
        R. Peeters, A. Steiner, C. Bizer (Mannheim), "Entity Matching using Large Language Models", EDBT 2025
            https://doi.org/10.48786/edbt.2025.42 language models as matchers
    """),
)


@view("Overview", aspect="wide")
def overview() -> None:
    """Records become entities by block, match and cluster: in batch for truth, online for freshness."""
    with Cluster("Sources"):
        feeds = Postgresql("Source systems", tooltip="{feeds} feeds: CRM, registries, partners, each with its errors")
    with Cluster("Resolve") as resolve:
        standardising = Spark(
            "Standardising job\nSpark", tooltip="Turns names, addresses and phones into comparable fields"
        )
        blocking = Spark("Blocking\nSpark", tooltip="Leaves {partners} plausible partners per record, not a billion")
        matcher = Ranker("Pair matcher", tooltip="A calibrated probability per pair, the cheap model first")
        clustering = GraphStore("Clustering", tooltip="Turns pair scores into consistent entities, under constraints")
        resolver = Flink("Incremental resolver\nFlink", tooltip="Places each change in today's clusters within 5 s")
    with Cluster("Serve"):
        store = Scylla("Entity store\nScylla", tooltip="Stable ids, lineage, golden records")
        api = Go("Resolve API", tooltip="Matches a record at query time")
        consumers = Users("Consumers", tooltip="Compliance, marketing, search, analytics")
    with Cluster("Improve"):
        stewards = Users("Data stewards", tooltip="Decide uncertain pairs, undo errors")
        training = Kubeflow("Training pipeline", tooltip="Active learning and calibration of the matcher")
        registry = Mlflow("Model registry", tooltip="Matcher, thresholds and blocking rules as one version")

    feeds >> batch("weekly, in full") >> standardising >> batch("{records:n} records") >> blocking
    blocking >> batch("{pairs:n} pairs") >> matcher >> batch("scored edges") >> clustering
    clustering >> batch("{entities:n} entities") >> store >> stream("merge, split\nevents") >> consumers
    feeds >> stream("changes, CDC") >> resolver >> stream("assign, 5 s") >> store
    consumers >> request("record query") >> api >> request("candidates") >> store
    matcher >> batch("uncertain pairs") >> stewards >> feedback("labels") >> training
    stewards >> control("link, unlink") >> store
    training >> control("gated model") >> registry >> control("release") >> resolve
    registry >> control("same version") >> api


@view("Serving", details="overview/Resolve API")
def serving() -> None:
    """One unseen record to an entity id in 200 ms: the batch job's features and model, a wider search, a careful write."""
    caller = Client("Calling application", tooltip="Sends a partial record, asks to find or to create")
    with Cluster("Edge"):
        gateway = Envoy("API gateway", tooltip="Authentication, tenant scope, purpose of use")
        exact = Redis("Exact-key cache\nRedis", tooltip="Trusted identifiers; also the fallback path")
    with Cluster("Prepare"):
        standardiser = Rust("Standardiser", tooltip="The library of the batch job, in the same version")
        keys = Encoder("Key generator", tooltip="Phonetic, n-gram, phone, email and geo-cell keys")
        encoder = Encoder("Record encoder", tooltip="128-d vector for what keys miss: aliases, translations")
    with Cluster("Candidates") as candidates:
        blocks = Scylla("Blocking index\nScylla", tooltip="Key to record ids; huge keys have a cap and sub-keys")
        vectors = VectorIndex("Vector index\nIVF-PQ", tooltip="{vector_ids} nearest among {records} records")
        merge = Assembler("Candidate merge", tooltip="Keeps {candidates} by number of shared keys, then by distance")
        records = Scylla("Record store\nScylla", tooltip="Canonical records, {candidates} in one multi-get")
    with Cluster("Match"):
        features = Rust("Pair features", tooltip="Edit distances, rare values, gaps of date and place")
        trees = Ranker("Tree matcher", tooltip="Calibrated boosted trees, decide all but {grey} of pairs")
        cross = Ranker("Cross-encoder\nGPU", tooltip="Reads both records as text, the most uncertain first")
    with Cluster("Decide"):
        decision = Choice("Cluster decision", tooltip="Mean link to the cluster, cannot-link rules, or a new singleton")
        rules = Postgresql("Constraints", tooltip="Steward links and unlinks, must-differ rules")
        store = Scylla("Entity store\nScylla", tooltip="Compare-and-set on the cluster version, keeps lineage")
        events = Kafka("Entity events\nKafka", tooltip="Assigned, merged, split, with old and new ids")

    with step("A record with a trusted identifier is answered from the exact-key cache in 15 ms, without the matcher."):
        caller >> request("partial record") >> gateway >> request("trusted id") >> exact
        exact >> response("hit, 15 ms") >> caller
    with step("Otherwise names, address and phone are parsed by the batch job's own library, in {normalise}."):
        gateway >> request("no exact hit") >> standardiser
    with step("6 to 20 blocking keys fetch up to {key_ids} record ids; keys with huge blocks use finer sub-keys."):
        standardiser >> response("clean fields") >> keys >> request("6 to 20\nkeys") >> blocks
    with step("At the same time a 128-d vector finds up to {vector_ids} neighbours: aliases and other scripts."):
        standardiser >> response("serialised record") >> encoder >> request("128-d vector") >> vectors
    with step("The union is cut to {candidates} by shared keys and distance, and their records are fetched."):
        blocks >> response("up to\n{key_ids} ids") >> merge
        vectors >> response("{vector_ids} ids") >> merge >> request("{candidates} ids") >> records
    with step("Pair features and trees take {compare}; trees decide most pairs."):
        records >> response("{candidates} records") >> features >> response("{candidates} vectors") >> trees
    with step("At most {grey_most}, {grey_mean} on average, go to the cross-encoder: {rescore}."):
        trees >> request("at most {grey_most}") >> cross
    with step("A record joins a cluster if its mean link is high and no rule objects, else it becomes a singleton."):
        trees >> response("clear scores") >> decision
        cross >> response("re-scored pairs") >> decision
        decision >> request("must, cannot") >> rules
    with step("Candidates' clusters are read, the assignment is a compare-and-set; the answer leaves in {promise}."):
        decision >> request("read, then\ncompare-and-set") >> store
        decision >> response("entity id,\nconfidence") >> caller
    with step("The event updates indexes, records and cache: within seconds the next record can match this."):
        store >> stream("lineage event") >> events
        events >> stream("keys, vector, record") >> candidates
        events >> stream("trusted ids") >> exact


@view("Batch", details="overview/Resolve")
def batch_() -> None:
    """The weekly truth run: {pairs} candidate pairs become {entities} entities in 6 h, with stable ids at the end."""
    with Cluster("Prepare"):
        snapshots = S3("Source snapshots", tooltip="Immutable extracts with source and valid time")
        profiling = Spark("Standardising job\nSpark", tooltip="Placeholders nulled, rare-value tables made")
    with Cluster("Block"):
        keys = Spark("Multi-key blocking\nSpark", tooltip="{keys} keys per record; their union raises recall")
        encoder = Encoder(
            "Record encoder", tooltip="{encode_hours:n} GPU-hours for all records; weekly only changed ones"
        )
        neighbours = VectorIndex(
            "Embedding neighbours", tooltip="{search_hours:n} host-hours to search for all records"
        )
        pruning = Spark("Purging and meta-blocking\nSpark", tooltip="Drops giant blocks, and pairs that share few keys")
    with Cluster("Match"):
        features = Spark("Pair feature job\nSpark", tooltip="Salted, so that the John Smith blocks do not stall")
        trees = Ranker(
            "Tree matcher", tooltip="Scores all pairs on {batch_cores} cores; two thresholds leave {grey} grey"
        )
        cross = Ranker("Cross-encoder\n{batch_gpus} GPUs", tooltip="Transformer on grey pairs, busy for {match_time}")
    with Cluster("Cluster"):
        constraints = Postgresql("Constraints", tooltip="Steward links, unlinks and must-differ rules")
        components = Spark("Connected components\nSpark", tooltip="Of the links; small ones without conflict are final")
        correlation = GraphStore("Correlation clustering", tooltip="Re-splits large or conflicting components")
    with Cluster("Publish"):
        ids = Spark("Id assignment\nSpark", tooltip="New clusters to old ones by overlap, so that ids survive")
        golden = Dbt("Golden record\ndbt", tooltip="Fields by trust in the source, recency, agreement")
        gate = Choice("Diff gate", tooltip="Stops a release when merges, splits or giants jump")
        store = Scylla("Entity store\nScylla", tooltip="Takes the release as a version; supplies the previous one")

    snapshots >> batch("{record_store}") >> profiling >> batch("clean records") >> keys
    keys >> batch("raw blocks") >> pruning
    profiling >> batch("changed records") >> encoder >> batch("128-d vectors") >> neighbours
    neighbours >> batch("neighbour pairs") >> pruning
    pruning >> batch("{pairs:n} pairs") >> features >> batch("feature rows") >> trees
    profiling >> batch("records to compare") >> features
    trees >> batch("{grey_pairs:n} grey") >> cross >> batch("re-scored pairs") >> components
    trees >> batch("clear scores") >> components >> batch("large or\nconflicting") >> correlation
    constraints >> control("must, cannot") >> components >> batch("small clusters") >> ids
    constraints >> control("must, cannot") >> correlation >> batch("clusters") >> ids
    store >> batch("previous clusters") >> ids >> batch("stable ids") >> golden
    golden >> batch("candidate release") >> gate >> control("version switch") >> store
    golden >> batch("{entities:n} entities") >> store


@view("Model", direction="TB", details="overview/Pair matcher")
def model() -> None:
    """Three readings of two records: a vector to find them, a comparison to decide most pairs, a text for the rest."""
    with Cluster("Inputs") as inputs:
        Features("Record A\n9 fields", tooltip="Standardised names, dates, address, phone, email, identifiers, source")
        Features("Record B\n9 fields", tooltip="The candidate, in the same form")
    with Cluster("Find"):
        encoder = Encoder(
            "Record encoder\nshared weights",
            tooltip="Six layers on {record_tokens:n} tokens, mean-pooled and projected to 128 numbers",
        )
        contrastive = LossFunction(
            "Contrastive loss", tooltip="Records of one entity near, in-batch and hard negatives far"
        )
    with Cluster("Compare"):
        comparison = Interaction(
            "Comparison vector", tooltip="64 numbers: distances, rarity of agreeing values, missing mask"
        )
        trees = Expert("Boosted trees", tooltip="400 trees, monotone in similarity; the logit of a match")
    with Cluster("Read"):
        text = PromptPart(
            "Serialised pair", tooltip="COL name VAL ... for both, {pair_tokens:n} tokens, fields dropped at random"
        )
        transformer = Encoder(
            "Transformer\n6 layers", tooltip="{cross_parameters} parameters; every token sees both records"
        )
        head = Head("Match logit", tooltip="From the first token's 768 numbers")
    with Cluster("Decide"):
        calibrator = Calibrator("Calibrator", tooltip="Isotonic by source pair, weighted to true prevalence")
        thresholds = Choice("Two thresholds", tooltip="Link above, no link below, cross-encoder or steward between")
        clustering = GraphStore("Clustering", tooltip="Adds log-odds of all pairs in a component, under constraints")
    with Cluster("Training only"):
        loss = LossFunction("Weighted log-loss", tooltip="Each pair over the probability with which it was selected")
        labels = S3("Label store", tooltip="Steward verdicts and verified identifiers with selection probability")

    inputs >> Edge(label="2 × 64 tokens") >> encoder
    encoder >> Edge(label="2 × 128") >> contrastive
    inputs >> Edge(label="2 × 9 fields") >> comparison
    encoder >> Edge(label="distance") >> comparison
    comparison >> Edge(label="64") >> trees
    inputs >> Edge(label="fields as text") >> text
    text >> Edge(label="256 tokens") >> transformer >> Edge(label="768") >> head
    trees >> Edge(label="logit") >> [calibrator, loss]
    head >> Edge(label="logit, grey pairs") >> calibrator
    head >> Edge(label="logit") >> loss
    calibrator >> Edge(label="probability") >> thresholds >> Edge(label="scored links") >> clustering
    labels >> feedback("match, weight") >> loss
    labels >> feedback("true pairs") >> contrastive


@view("Review", details="overview/Data stewards")
def review() -> None:
    """People where they matter most: pairs by impact, risky clusters, undo that propagates, unbiased labels."""
    with Cluster("Select"):
        pairs = Kafka("Uncertain pairs\nKafka", tooltip="Scores between the thresholds, batch and online")
        clusters = Spark("Risky clusters\nSpark", tooltip="Large, bridged, or with many conflicting birth dates")
        prioritiser = Planner(
            "Prioritiser", tooltip="Draws tasks at random, more often the more uncertain, far-reaching and risky"
        )
        sample = Preparation("Random sample", tooltip="Stratified by score and source, for unbiased metrics")
    with Cluster("Review"):
        queue = ReviewQueue("Review queue", tooltip="{tasks:n} tasks a day, with leases and time limits")
        stewards = Users("Data stewards", tooltip="Match, no match, cannot tell; 10 % graded twice")
        console = React("Review console", tooltip="Fields side by side, evidence, sensitive data masked")
        assistant = ModelServer("Explain assistant\nLLM", tooltip="Summarises the evidence; never decides alone")
    with Cluster("Apply"):
        ledger = Postgresql("Decision ledger\nPostgreSQL", tooltip="Who, why, when; yields must-link and cannot-link")
        merger = Go("Merge-split service", tooltip="Re-clusters the component; the larger part keeps the id")
        store = Scylla("Entity store\nScylla", tooltip="Each decision is a new version, never an overwrite")
        events = Kafka("Entity events\nKafka", tooltip="Merges and splits for consumers to replay")
        labels = S3("Label store", tooltip="Labels with the probability of their selection")

    pairs >> stream("grey pairs") >> prioritiser >> stream("drawn tasks") >> queue
    clusters >> batch("clusters") >> prioritiser
    sample >> batch("{audit}") >> queue
    stewards >> request("verdict, unlink") >> console >> request("lease") >> queue
    console >> request("summarise evidence") >> assistant
    console >> request("decision") >> ledger
    ledger >> stream("link, unlink") >> merger >> request("new version") >> store
    ledger >> feedback("label, propensity") >> labels
    store >> stream("merge, split") >> events


@view("Training", details="overview/Training pipeline")
def training() -> None:
    """From few labels to a calibrated matcher, and a blocking scheme whose lost recall is measured."""
    with Cluster("Data"):
        fellegi = Trainer("Fellegi-Sunter EM", tooltip="Agreement weights by EM: a start before labels exist")
        learner = Planner(
            "Active learner",
            tooltip="Draws the next pairs, more often where a committee disagrees; logs the probability",
        )
        queue = ReviewQueue("Review queue", tooltip="What the learner asks for, beside a random audit")
        labels = S3("Label store", tooltip="Steward labels with selection probability")
        weak = Spark("Weak labels\nSpark", tooltip="Pairs with a verified id, which features then may not use")
        split = Spark("Entity-level split\nSpark", tooltip="No entity or near neighbour is in both train and test")
    with Cluster("Training") as fits:
        trees = Trainer("Tree matcher trainer", tooltip="Boosted trees on pair features, monotone where sensible")
        cross = Trainer("Cross-encoder trainer", tooltip="Language model with field dropout, on hard pairs")
        encoder = Trainer("Encoder trainer", tooltip="Contrastive record embedding from positive pairs, for blocking")
        calibration = Calibrator(
            "Calibrator\nfit",
            tooltip="Isotonic by source pair, weighted to true prevalence, on entities that no matcher was fitted on",
        )
    with Cluster("Release"):
        recall = Inspection("Blocking recall estimate", tooltip="Against a brute-force scan of sampled records")
        gate = Choice("Offline gate", tooltip="Pairwise, B-cubed and giant-cluster checks after clustering")
        slices = Inspection("Group slices", tooltip="Error by script, naming custom, region, data richness")
        registry = Mlflow("Model registry", tooltip="Standardiser, keys, models, thresholds in one version")
        shadow = Spark("Shadow run\nSpark", tooltip="Full recompute of a closed 1 % sample of components")
        diff = Users("Diff review", tooltip="Stewards judge changed clusters, then approve or refuse")
        pointer = Etcd("Version pointer\netcd", tooltip="Flips batch and online to the approved version, and back")

    fellegi >> batch("prior scores") >> learner >> batch("pairs to label") >> queue
    queue >> feedback("verdicts, 7 days") >> labels >> batch("labels") >> split
    weak >> batch("weak pairs") >> split >> batch("held-out entities") >> gate
    split >> batch("pairs, weights") >> fits
    trees >> batch("committee") >> learner
    trees >> batch("raw scores") >> calibration >> batch("calibrated edges") >> gate
    cross >> batch("raw scores") >> calibration
    encoder >> batch("neighbours") >> recall >> batch("recall bound") >> gate
    gate >> control("passed") >> slices >> control("slices hold") >> registry >> control("version") >> shadow
    shadow >> batch("changed clusters") >> diff >> control("approve") >> pointer


@view("Operations")
def operations() -> None:
    """Watching links after they are made: drift, over-merging, online against batch, reversible releases."""
    with Cluster("Serving"):
        resolver = Flink("Incremental resolver\nFlink", tooltip="Emits lag, score histogram, new-singleton rate")
        api = Go("Resolve API", tooltip="Emits latency, candidate counts, no-match rate; has a circuit breaker")
        exact = Redis("Exact-key cache\nRedis", tooltip="Fallback: trusted ids only, the rest is provisional")
    with Cluster("Observe"):
        gates = Gate("Source gates", tooltip="Nulls, formats, values by feed, before records enter")
        metrics = Prometheus("Metrics\nPrometheus", tooltip="Latency, lag, errors, block-size tails")
        sentinel = Spark("Cluster sentinel\nSpark", tooltip="Largest clusters, growth, bridges, merges to splits")
        agreement = Spark("Online-batch agreement\nSpark", tooltip="Share of assignments that the weekly run confirms")
        labels = S3("Label store", tooltip="Verdicts on random pairs and overturned links")
        audited = Monitor("Audited precision", tooltip="Precision by score band and group; false merges per million")
        dashboards = Grafana("Dashboards\nGrafana", tooltip="Quality by source pair, latency, review backlog")
        alerts = Pagerduty("On-call alerts", tooltip="Over-merge, lag over 60 s, precision below target")
    with Cluster("Act"):
        quarantine = S3("Quarantine", tooltip="Holds records of a failing feed, replays them after the fix")
        recompute = Airflow("Recompute trigger", tooltip="Weekly in full, earlier for components in doubt")
        release = Users("Release review", tooltip="Stewards and consumers approve the diff of a release, or refuse it")
        oncall = User("On-call engineer", tooltip="Finds the cause, reverts a release within minutes")
        pointer = Etcd("Version pointer\netcd", tooltip="Flips entities and matcher, and back again; ids stay valid")

    gates >> control("failed feed") >> quarantine >> batch("replay") >> gates
    gates >> stream("clean records") >> resolver >> stream("lag, scores") >> metrics >> stream("series") >> dashboards
    api >> stream("latency") >> metrics >> control("SLO burn") >> alerts
    resolver >> batch("new edges") >> sentinel >> control("over-merge") >> alerts
    resolver >> batch("assignments") >> agreement >> batch("agreement") >> dashboards
    recompute >> batch("weekly clusters") >> agreement >> control("below 98 %") >> recompute
    labels >> feedback("audit verdicts") >> audited >> batch("precision") >> dashboards
    audited >> control("below target") >> alerts
    sentinel >> control("suspect\ncomponents") >> recompute >> batch("release diff") >> release
    alerts >> control("page") >> oncall >> control("revert") >> pointer
    release >> control("approve") >> pointer
    pointer >> control("entity version") >> api
    pointer >> control("matcher version") >> resolver
    api >> request("breaker open") >> exact
