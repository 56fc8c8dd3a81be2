package dev.belfry.host.settings;

import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.Checked;
import dev.belfry.host.config.Checks;
import dev.belfry.host.config.Default;
import dev.belfry.host.config.Ignored;
import dev.belfry.host.config.Key;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.config.OneByOne;
import dev.belfry.host.config.Restriction;
import dev.belfry.host.config.SourceLocation;
import dev.belfry.host.config.Unsupported;
import dev.belfry.host.config.Via;
import dev.belfry.host.library.OptionalLibrary;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code permission}, with the keys of Backstage's RBAC plugin that have a meaning here.
 *
 * @param enabled when false, everything is allowed; see {@link #mode}
 * @param policyFile {@code permission.rbac.policies-csv-file}
 * @param reloadsPolicyFile whether a changed policy file is read again
 * @param conditionalPoliciesFile absent or blank unless everything is allowed: such a file is refused
 * @param superUsers may do everything
 * @param defaultPermissions what every signed-in user may do, in addition to the policy file
 */
@Ignored({
    "rules",
    "policyFileReload",
    "EXPERIMENTAL_enableBatchedRequests",
    "rbac.cache",
    "rbac.conditionalMetadataRetry",
    "rbac.database",
    "rbac.permissionPoliciesRefresh",
    "rbac.pluginsWithPermission",
    "rbac.policyDecisionPrecedence",
    "rbac.providers",
    "rbac.useOwnershipEntityRefs",
    "rbac.validation"
})
@Unsupported(
        value = "rbac.admin.users",
        instead =
                "has no effect: in Backstage, these users administer policies, which Belfry reads from the policy file"
                        + " alone; permission.rbac.admin.superUsers may do everything")
@Unsupported(
        value = "rbac.maxDepth",
        instead = "has no effect: the members of a group have the roles of all groups above it, at any depth")
public record PermissionSettings(
        @Restriction Optional<Boolean> enabled,
        @Restriction @Key(POLICY_FILE) Optional<NamedFile> policyFile,
        @Key("rbac.policyFileReload") @Default("true") boolean reloadsPolicyFile,
        @Restriction @Key("rbac.conditionalPoliciesFile") Optional<String> conditionalPoliciesFile,
        @OneByOne @Key("rbac.admin.superUsers") List<SuperUser> superUsers,
        @Key(DEFAULTS) Optional<DefaultPermissions> defaultPermissions)
        implements Checked {

    private static final String POLICY_FILE = "rbac.policies-csv-file";
    private static final String DEFAULTS = "rbac.defaultPermissions";
    private static final String CONDITIONAL_POLICIES = "rbac.conditionalPoliciesFile";

    /** Who decides about the permissions of users. */
    public enum Mode {
        /** Everything is allowed. */
        DISABLED,
        /** Nothing is said: users may do what plugins offer, and only super users manage the host. */
        UNSET,
        /** The policy that the host has for want of another one. */
        BUILT_IN,
        /** The operator's policy: a file, or default permissions, or both. */
        POLICY
    }

    /**
     * {@code permission.rbac.admin.superUsers[]}.
     *
     * @param place where it is written
     */
    public record SuperUser(@Via(UserRef.class) EntityRef name, SourceLocation place) {}

    /**
     * {@code permission.rbac.defaultPermissions}.
     *
     * @param defaultRole a role of every signed-in user
     */
    public record DefaultPermissions(
            RoleRef defaultRole, @OneByOne List<BasicPermission> basicPermissions) implements Checked {
        @Override
        public void check(Checks checks) {
            if (!defaultRole.isComplete()) {
                checks.warn(
                        "defaultRole",
                        "'" + defaultRole.text() + "' is no complete reference of a role, and is read as "
                                + defaultRole.ref() + "; write that");
            }
        }
    }

    /**
     * A permission of the default role.
     *
     * @param place where it is written
     */
    public record BasicPermission(
            String permission, @Default("use") Permission.Action action, SourceLocation place) {
        public BasicPermission {
            if (permission.isBlank()) {
                throw new IllegalArgumentException("the name of a permission must not be blank");
            }
        }
    }

    /** A policy counts whether or not permissions are enabled explicitly: only an explicit false switches it off. */
    public Mode mode() {
        if (!enabled.orElse(true)) {
            return Mode.DISABLED;
        }
        if (policyFile.isPresent() || defaultPermissions.isPresent()) {
            return Mode.POLICY;
        }
        return enabled.isPresent() ? Mode.BUILT_IN : Mode.UNSET;
    }

    @Override
    public void check(Checks checks) {
        checkConditionalPolicies(checks);
        if (mode() == Mode.POLICY) {
            Stream.of(OptionalLibrary.JCASBIN, OptionalLibrary.COMMONS_CODEC)
                    .filter(library -> !library.isPresent())
                    .forEach(library -> checks.fault(
                            policyFile.isPresent() ? POLICY_FILE : DEFAULTS, "a policy " + library.need()));
        }
        policyFile
                .filter(file -> mode() != Mode.DISABLED && file.text().isBlank())
                .ifPresent(_ -> checks.fault(
                        POLICY_FILE, "the value is empty: write the path of the policy, or remove the key"));
        policyFile
                .filter(file -> mode() == Mode.DISABLED && !file.exists())
                .ifPresent(file ->
                        checks.warn(POLICY_FILE, file.absence() + ". It is not read: permissions are disabled"));
    }

    /** A condition narrows what a role may do, so a host that ignored it would allow more than the operator has written. */
    private void checkConditionalPolicies(Checks checks) {
        if (conditionalPoliciesFile.isEmpty()) {
            return;
        }
        if (mode() == Mode.DISABLED) {
            checks.ignored(CONDITIONAL_POLICIES);
        } else if (conditionalPoliciesFile.get().isBlank()) {
            checks.warn(CONDITIONAL_POLICIES, "the value is empty; the key counts as absent");
        } else {
            checks.fault(
                    CONDITIONAL_POLICIES,
                    "conditional policies are not supported, and the host does not start with one: it would allow without"
                            + " its condition what the file allows with a condition. Remove the key, and write what roles"
                            + " may do as lines 'p, <role>, <permission>, <action>, allow' of"
                            + " permission.rbac.policies-csv-file");
        }
    }
}
