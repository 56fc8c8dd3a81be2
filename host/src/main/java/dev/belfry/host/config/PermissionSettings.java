package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code permission}.
 *
 * @param enabled when false, everything is allowed
 * @param policyFile {@code permission.rbac.policies-csv-file}; without it, every permission is denied
 */
public record PermissionSettings(boolean enabled, Optional<Path> policyFile) {}
