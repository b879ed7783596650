"""Publishes LiteLLM's successful calls to Tokenmeter's /v1/ingest.

Put this file beside LiteLLM's config.yaml and name it there:

    litellm_settings:
      callbacks: tokenmeter_callback.tokenmeter

with the environment

    TOKENMETER_URL        where an instance answers, as http://127.0.0.1:8080
    TOKENMETER_TOKEN      of `tokenmeter token --gateway`
    TOKENMETER_ORG_FIELD  which member of LiteLLM's metadata says who pays; user_api_key_team_id
                          unless it is set

Needs nothing but Python 3.8 and LiteLLM. A call is put into a queue and never waited for. A thread
sends batches, and sends one again, byte for byte, until it is answered: with the same ids and times
nothing is billed twice. What the queue can't hold, or what can't be sent before the process ends, is
lost; the log tells how many calls that were, and their ids.
"""

import atexit
import gzip
import json
import logging
import os
import queue
import threading
import time
import urllib.error
import urllib.request
from datetime import timezone

try:
    from litellm.integrations.custom_logger import CustomLogger
except ImportError:  # As where the class is tried without LiteLLM.
    CustomLogger = object

LOG = logging.getLogger("tokenmeter")

# What LiteLLM calls a provider, where Tokenmeter's price books have another name.
PROVIDERS = {
    "azure_ai": "azure",
    "azure_text": "azure",
    "bedrock_converse": "bedrock",
    "gemini": "google",
    "text-completion-openai": "openai",
    "vertex_ai": "google",
    "vertex_ai_beta": "google",
}

# LiteLLM answers in OpenAI's forms, whoever was called. Other calls report no tokens to bill.
PATHS = {
    "completion": "/v1/chat/completions",
    "text_completion": "/v1/completions",
    "embedding": "/v1/embeddings",
    "responses": "/v1/responses",
}


class TokenmeterCallback(CustomLogger):
    def __init__(
        self,
        url=None,
        token=None,
        org_field=None,
        queued=10_000,
        batch_items=100,
        batch_bytes=8 << 20,
        wait_seconds=1.0,
    ):
        super().__init__()
        self.url = (url or os.environ.get("TOKENMETER_URL", "http://127.0.0.1:8080")) + "/v1/ingest"
        self.token = token or os.environ.get("TOKENMETER_TOKEN", "")
        self.org_field = org_field or os.environ.get("TOKENMETER_ORG_FIELD", "user_api_key_team_id")
        self.batch_items = batch_items
        self.batch_bytes = batch_bytes
        self.wait_seconds = wait_seconds
        self.lost = 0
        self._lines = queue.Queue(queued)
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="tokenmeter", daemon=True)
        self._thread.start()
        atexit.register(self.close)

    # What LiteLLM calls. Both may be called for one call; it is the same item then.

    def log_success_event(self, kwargs, response_obj, start_time, end_time):
        self._take(kwargs, response_obj, start_time, end_time)

    async def async_log_success_event(self, kwargs, response_obj, start_time, end_time):
        self._take(kwargs, response_obj, start_time, end_time)

    def _take(self, kwargs, response_obj, start_time, end_time):
        call_id = str(kwargs.get("litellm_call_id") or "")
        try:
            item = self.item(kwargs, response_obj, start_time, end_time)
            if item is not None:
                line = json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode()
                self._lines.put_nowait((call_id, line))
        except queue.Full:
            self._lose([call_id], "the queue is full")
        except Exception as e:  # A call must not fail because it can't be metered.
            self._lose([call_id], "it can't be read: " + type(e).__name__)

    def item(self, kwargs, response_obj, start_time, end_time):
        """The exchange that a call is, as /v1/ingest takes it; None for what isn't billed."""
        logged = kwargs.get("standard_logging_object") or {}
        params = kwargs.get("litellm_params") or {}
        metadata = dict(params.get("metadata") or {})
        metadata.update({k: v for k, v in (logged.get("metadata") or {}).items() if v is not None})
        kind = str(logged.get("call_type") or kwargs.get("call_type") or "completion")
        path = PATHS.get(kind) or PATHS.get(kind[1:] if kind.startswith("a") else kind)
        if path is None:
            LOG.warning("calls of the type %s are not metered", kind)
            return None
        if kwargs.get("cache_hit") or logged.get("cache_hit"):
            return None  # LiteLLM answered by itself; no provider was called.
        org = metadata.get(self.org_field)
        if not org:
            raise LookupError(self.org_field)
        provider = str(
            logged.get("custom_llm_provider")
            or kwargs.get("custom_llm_provider")
            or params.get("custom_llm_provider")
            or "openai"
        )
        call_id = kwargs.get("litellm_call_id") or logged.get("id")
        item = {
            "id": str(call_id),
            "org_id": str(org),
            "provider": PROVIDERS.get(provider, provider),
            "path": path,
            "status": 200,
            "recorded_at": _utc(start_time),
            "answered_at": _utc(end_time),
            "request_content_type": "application/json",
            "request_body": _json(_request(kwargs, path)),
            "response_content_type": "application/json",
            "response_body": _json(_response(response_obj)),
        }
        user = metadata.get("user_api_key_end_user_id") or metadata.get("user_api_key_user_id")
        for name, value in (("user_id", user), ("api_key_id", metadata.get("user_api_key_hash"))):
            if value:
                item[name] = str(value)
        return item

    # Sending.

    def _work(self):
        batch = []
        while True:
            batch = batch or self._collect()
            if batch:
                self._send(batch)
                batch = []
            elif self._closing.is_set():
                return

    def _collect(self):
        batch, size = [], 0
        deadline = time.monotonic() + self.wait_seconds
        while len(batch) < self.batch_items and size < self.batch_bytes:
            left = deadline - time.monotonic()
            try:
                waits = left > 0 and not self._closing.is_set()
                batch.append(self._lines.get(timeout=left) if waits else self._lines.get_nowait())
            except queue.Empty:
                if not batch and not self._closing.is_set():
                    return []
                break
            size += len(batch[-1][1])
        return batch

    def _send(self, batch):
        ids = [call_id for call_id, _ in batch]
        body = gzip.compress(b"\n".join(line for _, line in batch), 5)
        pause = 0.5
        while True:
            status, answer, after = self._post(body)
            if status == 200:
                return
            if status == 422:
                for refusal in json.loads(answer)["refusals"]:
                    self._lose([str(refusal.get("id"))], refusal["code"] + ": " + refusal["detail"])
                return
            if status == 413 and len(batch) > 1:
                self._send(batch[: len(batch) // 2])
                self._send(batch[len(batch) // 2 :])
                return
            if status in (400, 413, 415):
                self._lose(ids, "Tokenmeter answers %d" % status)
                return
            # A token can be put right, an instance comes back: the same again, for as long as it takes.
            LOG.warning("Tokenmeter answers %s; %d calls are sent again", status, len(batch))
            if self._closing.wait(max(pause, after)) and not self._retry_while_closing():
                self._lose(ids, "the process ends")
                return
            pause = min(pause * 2, 30)

    def _post(self, body):
        request = urllib.request.Request(
            self.url,
            data=body,
            headers={
                "Authorization": "Bearer " + self.token,
                "Content-Type": "application/x-ndjson",
                "Content-Encoding": "gzip",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status, answer.read(), 0
        except urllib.error.HTTPError as e:
            after = e.headers.get("Retry-After", "")
            return e.code, e.read(), int(after) if after.isdigit() else 0
        except OSError as e:
            return type(e).__name__, b"", 0

    def _retry_while_closing(self):
        left = self._close_by - time.monotonic()
        time.sleep(max(0, min(0.5, left)))
        return left > 0

    def _lose(self, ids, why):
        self.lost += len(ids)
        LOG.error("%d calls are not metered (%s): %s", len(ids), why, ", ".join(ids))

    def close(self, seconds=10.0):
        """Sends what is queued, for so long at most."""
        self._close_by = time.monotonic() + seconds
        self._closing.set()
        self._thread.join(seconds + 1)


def _utc(moment):
    """LiteLLM's times are of the machine's zone and don't say so."""
    return moment.astimezone(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _json(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)


def _request(kwargs, path):
    body = {"model": kwargs.get("model")}
    body.update(kwargs.get("optional_params") or {})
    messages = kwargs.get("messages")
    if path == "/v1/chat/completions":
        body["messages"] = messages or []
    elif path == "/v1/completions":
        body["prompt"] = "".join(str(m.get("content") or "") for m in messages or [])
    else:
        body["input"] = kwargs.get("input") or messages or ""
    return body


def _response(response):
    body = response.model_dump() if hasattr(response, "model_dump") else dict(response)
    usage = body.get("usage")
    if hasattr(usage, "model_dump"):
        usage = usage.model_dump()
    if isinstance(usage, dict):
        # What was written to a cache is a part of prompt_tokens; OpenAI's form has its name here.
        written = usage.get("cache_creation_input_tokens")
        details = dict(usage.get("prompt_tokens_details") or {})
        if written and not details.get("cache_write_tokens"):
            details["cache_write_tokens"] = written
            usage = dict(usage, prompt_tokens_details=details)
        body = dict(body, usage=usage)
    return body


def __getattr__(name):
    """`tokenmeter` is made when LiteLLM asks for it, and not where the class alone is wanted."""
    if name == "tokenmeter":
        globals()[name] = TokenmeterCallback()
        return globals()[name]
    raise AttributeError(name)
