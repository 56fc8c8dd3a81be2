package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.config.NamedFile;
import dev.belfry.host.files.RegularFile;
import dev.belfry.host.settings.PermissionSettings;
import dev.belfry.host.settings.PermissionSettings.DefaultPermissions;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The rules for permissions that an operator has written, in the policy file and in the configuration.
 *
 * @param everybody the roles of every signed-in user
 * @param isWhole whether no line was left out
 * @param warnings about lines that mean something unusual, with file and line
 */
record PolicyDocument(
        List<PolicyRule> rules,
        List<Membership> memberships,
        Set<EntityRef> everybody,
        boolean isWhole,
        List<String> warnings) {

    /** Without a line. */
    static final PolicyDocument NONE = new PolicyDocument(List.of(), List.of(), Set.of(), true, List.of());

    /** The role of every signed-in user, unless a {@code g} line gives it to somebody. */
    static final EntityRef AUTHENTICATED = new EntityRef("role", EntityRef.DEFAULT_NAMESPACE, "authenticated");

    /** In bytes: about a hundred thousand lines. */
    private static final long LARGEST = 8 << 20;

    /**
     * @param warn gets each line that is left out, or would be without the lines that refuse the policy
     * @throws ConfigurationException naming every line that refuses the policy
     * @throws IOException when the file cannot be read now
     */
    static PolicyDocument read(PermissionSettings settings, Consumer<String> warn) throws IOException {
        PolicyDocument document = settings.policyFile().isPresent()
                ? readFile(settings.policyFile().get(), warn)
                : new PolicyDocument(List.of(), List.of(), Set.of(AUTHENTICATED), true, List.of());
        return settings.defaultPermissions()
                .map(document::with)
                .orElse(document)
                .compared();
    }

    /** With a warning for each role that only one kind of line names. */
    private PolicyDocument compared() {
        return with(UnmatchedRoles.warnings(this));
    }

    private PolicyDocument with(List<String> moreWarnings) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(moreWarnings);
        return new PolicyDocument(rules, memberships, everybody, isWhole, all);
    }

    private static PolicyDocument readFile(NamedFile file, Consumer<String> warn) throws IOException {
        try {
            PolicyDocument document = PolicyReader.read(file.path(), RegularFile.readText(file.path(), LARGEST), warn);
            boolean isEmpty = document.rules.isEmpty() && document.memberships.isEmpty();
            return isEmpty
                    ? document.with(List.of(file.path()
                            + ": the permission policy has no line that is in force, so it allows users nothing"))
                    : document;
        } catch (CharacterCodingException e) {
            throw unreadable(file, e);
        }
    }

    static ConfigurationException unreadable(NamedFile file, IOException failure) {
        String reason = failure instanceof NoSuchFileException && !Files.exists(file.path(), LinkOption.NOFOLLOW_LINKS)
                ? file.absence()
                : file.path() + ": the permission policy cannot be read: " + RegularFile.reason(file.path(), failure);
        return new ConfigurationException(List.of(file.place() + ": permission.rbac.policies-csv-file: " + reason));
    }

    private PolicyDocument with(DefaultPermissions defaults) {
        List<PolicyRule> all = new ArrayList<>(rules);
        defaults.basicPermissions()
                .forEach(basic -> all.add(new PolicyRule(
                        defaults.defaultRole().ref(),
                        new Permission(basic.permission(), basic.action()),
                        true,
                        basic.place() + ": permission.rbac.defaultPermissions")));
        Set<EntityRef> roles = Stream.concat(
                        everybody.stream(), Stream.of(defaults.defaultRole().ref()))
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
        return new PolicyDocument(all, memberships, roles, isWhole, warnings);
    }
}
