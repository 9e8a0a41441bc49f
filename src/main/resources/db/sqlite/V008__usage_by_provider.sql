-- What statistics read: the newest attempts at one provider.
create index usage_event_provider on usage_event (provider, started_ms);
