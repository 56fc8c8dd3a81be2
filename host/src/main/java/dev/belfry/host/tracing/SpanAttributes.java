package dev.belfry.host.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Names of the semantic conventions (https://opentelemetry.io/docs/specs/semconv/), and of Belfry. */
final class SpanAttributes {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    static final AttributeKey<String> METHOD_ORIGINAL = AttributeKey.stringKey("http.request.method_original");
    static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    static final AttributeKey<String> URL_SCHEME = AttributeKey.stringKey("url.scheme");
    static final AttributeKey<String> URL_PATH = AttributeKey.stringKey("url.path");
    static final AttributeKey<String> URL_FULL = AttributeKey.stringKey("url.full");
    static final AttributeKey<String> SERVER_ADDRESS = AttributeKey.stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = AttributeKey.longKey("server.port");
    static final AttributeKey<String> CLIENT_ADDRESS = AttributeKey.stringKey("client.address");
    static final AttributeKey<String> PROTOCOL_VERSION = AttributeKey.stringKey("network.protocol.version");
    static final AttributeKey<String> DB_SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> DB_TEXT = AttributeKey.stringKey("db.query.text");
    static final AttributeKey<String> DB_SUMMARY = AttributeKey.stringKey("db.query.summary");
    static final AttributeKey<Long> DB_ROWS = AttributeKey.longKey("belfry.statement.rows");
    static final AttributeKey<String> DB_STATUS = AttributeKey.stringKey("db.response.status_code");
    static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    static final AttributeKey<String> PLUGIN = AttributeKey.stringKey("belfry.plugin.id");
    static final AttributeKey<String> PLUGIN_VERSION = AttributeKey.stringKey("belfry.plugin.version");
    static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("belfry.request.id");

    private SpanAttributes() {}
}
