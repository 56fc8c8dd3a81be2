package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.files.RegularFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy in the CSV format of Backstage's RBAC plugin: {@code p, <role>, <permission>, <action>, allow|deny} and
 * {@code g, <user or group>, <role>}. Names of users, groups and roles are case-insensitive.
 *
 * @param rules role, permission, action, effect
 * @param memberships member, role
 */
record PolicyFile(List<List<String>> rules, List<List<String>> memberships) {

    /** In bytes: about a hundred thousand lines. */
    private static final long LARGEST = 8 << 20;

    private static final int RULE_FIELDS = 5;
    private static final int MEMBERSHIP_FIELDS = 3;
    private static final String ROLE = "role";
    /** A rule may name a user or a group directly, as older policies do. */
    private static final Set<String> SUBJECTS = Set.of(ROLE, EntityRef.USER, EntityRef.GROUP);

    private static final Set<String> MEMBERS = Set.of(EntityRef.USER, EntityRef.GROUP);
    private static final Pattern WHOLE = Pattern.compile("[^:/]+:[^:/]+/[^:/]+");
    private static final Set<String> EFFECTS = Set.of("allow", "deny");
    private static final Set<String> ACTIONS = Arrays.stream(Permission.Action.values())
            .map(Permission.Action::policyName)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * @throws ConfigurationException naming every invalid line
     * @throws IOException when the file cannot be read now
     */
    static PolicyFile read(Path file) throws IOException {
        List<String> faults = new ArrayList<>();
        PolicyFile policy = new PolicyFile(new ArrayList<>(), new ArrayList<>());
        List<String> lines = textOf(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                policy.add(file + ":" + (i + 1), List.of(line.split("\\s*,\\s*", -1)), faults);
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigurationException(faults);
        }
        return policy;
    }

    private static String textOf(Path file) throws IOException {
        try {
            return RegularFile.readText(file, LARGEST);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(List.of(file + ": " + RegularFile.reason(file, e)));
        }
    }

    private void add(String where, List<String> fields, List<String> faults) {
        switch (fields.getFirst()) {
            case "p" -> addRule(where, fields, faults);
            case "g" -> addMembership(where, fields, faults);
            default -> faults.add(where + ": a line begins with p or g, not '" + fields.getFirst() + "'");
        }
    }

    private void addRule(String where, List<String> fields, List<String> faults) {
        if (fields.size() != RULE_FIELDS || fields.stream().anyMatch(String::isEmpty)) {
            faults.add(where + ": must have the form p, role, permission, action, allow|deny");
        } else if (!ACTIONS.contains(fields.get(3))) {
            faults.add(where + ": the action '" + fields.get(3) + "' is not one of create, read, update, delete, use");
        } else if (!EFFECTS.contains(fields.get(4))) {
            faults.add(where + ": the effect '" + fields.get(4) + "' is neither allow nor deny");
        } else {
            ref(where, fields.get(1), SUBJECTS, "role:namespace/name", faults)
                    .ifPresent(role -> rules.add(List.of(role, fields.get(2), fields.get(3), fields.get(4))));
        }
    }

    private void addMembership(String where, List<String> fields, List<String> faults) {
        if (fields.size() != MEMBERSHIP_FIELDS || fields.stream().anyMatch(String::isEmpty)) {
            faults.add(where + ": must have the form g, user or group, role");
        } else {
            Optional<String> member =
                    ref(where, fields.get(1), MEMBERS, "user:namespace/name or group:namespace/name", faults);
            Optional<String> role = ref(where, fields.get(2), Set.of(ROLE), "role:namespace/name", faults);
            if (member.isPresent() && role.isPresent()) {
                memberships.add(List.of(member.get(), role.get()));
            }
        }
    }

    /** A full reference of one of these kinds, in lower case. */
    private static Optional<String> ref(
            String where, String text, Set<String> kinds, String form, List<String> faults) {
        if (!WHOLE.matcher(text).matches()) {
            faults.add(where + ": '" + text + "' does not have the form " + form);
            return Optional.empty();
        }
        try {
            EntityRef ref = EntityRef.parse(text, "");
            if (kinds.contains(ref.kind())) {
                return Optional.of(ref.toString());
            }
            faults.add(where + ": '" + text + "' does not have the form " + form);
        } catch (IllegalArgumentException e) {
            faults.add(where + ": '" + text + "': " + e.getMessage());
        }
        return Optional.empty();
    }
}
