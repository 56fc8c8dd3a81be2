package dev.belfry.host.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code permission}.
 *
 * @param enabled when false, everything is allowed
 * @param policyFile {@code permission.rbac.policies-csv-file}; absent = nobody is allowed anything that needs a permission
 */
public record PermissionSettings(boolean enabled, Optional<Path> policyFile) {}
