"""Which part of a system a component belongs to: people, serving, data, model or control.

A concept says it of itself. A product is found by its place in `diagrams`: the longest entry that its key starts with.
"""

from __future__ import annotations

from archfolio.render.model.graph import Accent

_PLACES = {
    "onprem.client": Accent.PEOPLE,
    "generic.device": Accent.PEOPLE,
    "aws.general.User": Accent.PEOPLE,
    "onprem.network": Accent.SERVING,
    "onprem.network.Etcd": Accent.OPERATIONS,
    "onprem.network.Zookeeper": Accent.OPERATIONS,
    "onprem.compute": Accent.SERVING,
    "onprem.container": Accent.SERVING,
    "programming.language": Accent.SERVING,
    "programming.framework": Accent.SERVING,
    "programming.flowchart": Accent.OPERATIONS,
    "k8s": Accent.SERVING,
    "generic.compute": Accent.SERVING,
    "generic.network": Accent.SERVING,
    "saas.cdn": Accent.SERVING,
    "saas.chat": Accent.PEOPLE,
    "onprem.queue": Accent.DATA,
    "onprem.database": Accent.DATA,
    "onprem.inmemory": Accent.DATA,
    "onprem.analytics": Accent.DATA,
    "onprem.storage": Accent.DATA,
    "onprem.search": Accent.DATA,
    "onprem.etl": Accent.DATA,
    "aws.storage": Accent.DATA,
    "aws.database": Accent.DATA,
    "aws.analytics": Accent.DATA,
    "gcp.storage": Accent.DATA,
    "gcp.database": Accent.DATA,
    "gcp.analytics": Accent.DATA,
    "azure.storage": Accent.DATA,
    "azure.database": Accent.DATA,
    "generic.storage": Accent.DATA,
    "generic.database": Accent.DATA,
    "elastic": Accent.DATA,
    "aws.compute": Accent.SERVING,
    "gcp.compute": Accent.SERVING,
    "azure.compute": Accent.SERVING,
    "aws.network": Accent.SERVING,
    "onprem.mlops": Accent.MODEL,
    "aws.ml": Accent.MODEL,
    "gcp.ml": Accent.MODEL,
    "azure.ml": Accent.MODEL,
    "onprem.workflow": Accent.OPERATIONS,
    "onprem.workflow.Kubeflow": Accent.MODEL,
    "onprem.monitoring": Accent.OPERATIONS,
    "onprem.logging": Accent.OPERATIONS,
    "onprem.tracing": Accent.OPERATIONS,
    "onprem.gitops": Accent.OPERATIONS,
    "onprem.ci": Accent.OPERATIONS,
    "onprem.cd": Accent.OPERATIONS,
    "onprem.iac": Accent.OPERATIONS,
    "onprem.vcs": Accent.OPERATIONS,
    "onprem.security": Accent.OPERATIONS,
    "saas.alerting": Accent.OPERATIONS,
    "saas.identity": Accent.OPERATIONS,
}


# The library spells its aliases otherwise than its classes: KubeFlow, ETCD.
_BY_LOWER_CASE = {place.lower(): accent for place, accent in _PLACES.items()}


def accent_of(component: str) -> Accent:
    """Return the part that a product's key ("onprem.queue.Kafka") belongs to, NONE for one that is not listed."""
    parts = component.lower().split(".")
    for length in range(len(parts), 0, -1):
        found = _BY_LOWER_CASE.get(".".join(parts[:length]))
        if found is not None:
            return found
    return Accent.NONE
