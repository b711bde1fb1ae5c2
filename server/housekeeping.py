"""What a server does by itself once a day: it forgets old conversations."""

from __future__ import annotations

import asyncio
import logging

from server.tracker_store import ConversationStore

logger = logging.getLogger(__name__)

DAY_SECONDS = 86_400.0


async def keep_house(store: ConversationStore, every: float = DAY_SECONDS) -> None:
    """Deletes what is older than the store is to keep it, at once and then daily, for ever.

    Args:
        store: knows for how long conversations are kept.
        every: seconds between two times.
    """
    while store.keep_days:
        try:
            deleted = await asyncio.to_thread(store.forget, store.keep_days)
        except Exception as error:  # the database may be away: tomorrow is another day
            logger.error("old conversations were not deleted: %s", type(error).__name__)
        else:
            logger.info(
                "deleted %d conversations that nobody has continued for %g days",
                deleted.conversations,
                store.keep_days,
            )
        await asyncio.sleep(every)
