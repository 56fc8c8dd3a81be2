package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permission;
import dev.belfry.host.files.OrdinaryFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A policy in the CSV format of Backstage's RBAC plugin: {@code p, <role>, <permission>, <action>, allow|deny} and {@code g,
 * <user or group>, <role>}. Names of users, groups and roles compare without regard to case.
 *
 * @param rules role, permission, action, effect
 * @param memberships member, role
 */
record PolicyFile(List<List<String>> rules, List<List<String>> memberships) {

    /** In bytes: some hundred thousand lines. */
    private static final long LARGEST = 8 << 20;

    private static final int RULE_FIELDS = 5;
    private static final int MEMBERSHIP_FIELDS = 3;
    /** A rule may speak of a user or a group at once, as older policies do. */
    private static final Pattern SUBJECT = Pattern.compile("(role|user|group):[^/:]+/[^/:]+");

    private static final Pattern MEMBER = Pattern.compile("(user|group):[^/:]+/[^/:]+");
    private static final Pattern ROLE = Pattern.compile("role:[^/:]+/[^/:]+");
    private static final Set<String> EFFECTS = Set.of("allow", "deny");
    private static final Set<String> ACTIONS = Arrays.stream(Permission.Action.values())
            .map(Permission.Action::policyName)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * @throws ConfigurationException naming every line that is wrong
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
            return OrdinaryFile.readText(file, LARGEST);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(List.of(file + ": " + OrdinaryFile.reason(file, e)));
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
            faults.add(where + ": must be of the form p, role, permission, action, allow|deny");
        } else if (!ACTIONS.contains(fields.get(3))) {
            faults.add(where + ": the action '" + fields.get(3) + "' is none of create, read, update, delete, use");
        } else if (!EFFECTS.contains(fields.get(4))) {
            faults.add(where + ": the effect '" + fields.get(4) + "' is neither allow nor deny");
        } else if (!SUBJECT.matcher(lower(fields.get(1))).matches()) {
            faults.add(where + ": '" + fields.get(1) + "' is not of the form role:namespace/name");
        } else {
            rules.add(List.of(lower(fields.get(1)), fields.get(2), fields.get(3), fields.get(4)));
        }
    }

    private void addMembership(String where, List<String> fields, List<String> faults) {
        if (fields.size() != MEMBERSHIP_FIELDS || fields.stream().anyMatch(String::isEmpty)) {
            faults.add(where + ": must be of the form g, user or group, role");
        } else if (!MEMBER.matcher(lower(fields.get(1))).matches()) {
            faults.add(
                    where + ": '" + fields.get(1) + "' is not of the form user:namespace/name or group:namespace/name");
        } else if (!ROLE.matcher(lower(fields.get(2))).matches()) {
            faults.add(where + ": '" + fields.get(2) + "' is not of the form role:namespace/name");
        } else {
            memberships.add(List.of(lower(fields.get(1)), lower(fields.get(2))));
        }
    }

    private static String lower(String ref) {
        return ref.toLowerCase(Locale.ROOT);
    }
}
