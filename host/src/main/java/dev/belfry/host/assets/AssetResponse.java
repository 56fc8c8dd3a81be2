package dev.belfry.host.assets;

import java.util.Map;
import java.util.Optional;

/**
 * The part of a response that an asset determines.
 *
 * @param status 200 or 304
 * @param body empty for 304
 */
public record AssetResponse(int status, Map<String, String> headers, Optional<Content> body) {}
