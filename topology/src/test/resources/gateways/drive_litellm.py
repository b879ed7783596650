"""Drives the callback as LiteLLM does, with what LiteLLM's documentation says it is given.

Usage: drive_litellm.py DIRECTORY-OF-THE-CALLBACK URL TOKEN
"""

import asyncio
import logging
import sys
import time
from datetime import datetime, timedelta

sys.path.insert(0, sys.argv[1])
logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")

from tokenmeter_callback import TokenmeterCallback  # noqa: E402


class ModelResponse:
    """Stands in for litellm.ModelResponse."""

    def __init__(self, usage):
        self.usage = usage

    def model_dump(self):
        return {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": "gpt-4.1",
            "choices": [
                {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "سلام"}}
            ],
            "usage": self.usage,
        }


USAGE = {
    "prompt_tokens": 1000,
    "completion_tokens": 77,
    "total_tokens": 1077,
    "prompt_tokens_details": {"cached_tokens": 200, "audio_tokens": None},
    "completion_tokens_details": None,
}
# As LiteLLM tells Anthropic's: all input is in prompt_tokens.
WRITTEN = dict(USAGE, cache_creation_input_tokens=100, cache_read_input_tokens=200)


def kwargs(call_id, provider="openai", team="proxied", call_type="acompletion", **more):
    return {
        "model": "gpt-4.1",
        "messages": [{"role": "user", "content": "what the user said"}],
        "optional_params": {"max_tokens": 100, "stream": True},
        "litellm_call_id": call_id,
        "litellm_params": {"metadata": {"requester_ip": "127.0.0.1"}},
        "cache_hit": False,
        "standard_logging_object": {
            "id": "chatcmpl-1",
            "call_type": call_type,
            "custom_llm_provider": provider,
            "cache_hit": False,
            "metadata": {
                "user_api_key_hash": "88dc28d0",
                "user_api_key_team_id": team,
                "user_api_key_user_id": "u-1",
                "user_api_key_end_user_id": None,
            },
        },
        **more,
    }


callback = TokenmeterCallback(url=sys.argv[2], token=sys.argv[3], wait_seconds=0.2)
start = datetime.now()
end = start + timedelta(seconds=2)
began = time.monotonic()
callback.log_success_event(kwargs("call-1"), ModelResponse(USAGE), start, end)
asyncio.run(callback.async_log_success_event(kwargs("call-1"), ModelResponse(USAGE), start, end))
callback.log_success_event(kwargs("call-2", provider="anthropic"), ModelResponse(WRITTEN), start, end)
callback.log_success_event(kwargs("call-3", cache_hit=True), ModelResponse(USAGE), start, end)
callback.log_success_event(kwargs("call-4", team=None), ModelResponse(USAGE), start, end)
callback.log_success_event(kwargs("call-5", team=" "), ModelResponse(USAGE), start, end)
print("waited less than a second:", time.monotonic() - began < 1)
callback.close(60)
print("lost:", callback.lost)
