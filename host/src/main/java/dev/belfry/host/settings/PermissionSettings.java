package dev.belfry.host.settings;

import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code permission}.
 *
 * @param enabled when false, everything is allowed
 * @param policyFile {@code permission.rbac.policies-csv-file}; without it, every permission is denied
 */
@Ignored({
    "rules",
    "policyFileReload",
    "EXPERIMENTAL_enableBatchedRequests",
    "rbac.admin",
    "rbac.conditionalMetadataRetry",
    "rbac.conditionalPoliciesFile",
    "rbac.database",
    "rbac.defaultPermissions",
    "rbac.maxDepth",
    "rbac.permissionPoliciesRefresh",
    "rbac.pluginsWithPermission",
    "rbac.policyDecisionPrecedence",
    "rbac.policyFileReload",
    "rbac.providers",
    "rbac.useOwnershipEntityRefs",
    "rbac.validation"
})
public record PermissionSettings(
        @Default("true") boolean enabled,
        @Key("rbac.policies-csv-file") Optional<Path> policyFile) {}
