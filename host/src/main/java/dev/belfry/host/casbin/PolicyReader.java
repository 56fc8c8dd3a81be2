package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads a policy in the CSV format of Backstage's RBAC plugin: {@code p, <role>, <permission>, <action>, allow|deny} and
 * {@code g, <user or group>, <role>}. Names of users, groups and roles are case-insensitive.
 *
 * <p>A faulty line is left out with a warning if the policy without it cannot allow more than the operator meant. This
 * holds for
 *
 * <ul>
 *   <li>a {@code p} line with five fields, the last of which is {@code allow};
 *   <li>a {@code g} line with three fields, the last of which is the reference of a role that no line denies anything,
 *       and that is not {@code role:default/authenticated}, which everybody has if no {@code g} line gives it.
 * </ul>
 *
 * Every other faulty line refuses the whole policy: its effect is {@code deny}, or cannot be known.
 */
final class PolicyReader {

    private static final int RULE_FIELDS = 5;
    private static final int MEMBERSHIP_FIELDS = 3;
    private static final String ALLOW = "allow";
    private static final String DENY = "deny";

    private final List<PolicyRule> rules = new ArrayList<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /**
     * An invalid line.
     *
     * @param isGrant whether the line only allows something
     * @param role that the line would have given to somebody
     */
    private record Fault(String message, boolean isGrant, Optional<EntityRef> role) {}

    private PolicyReader() {}

    /** @throws ConfigurationException naming every invalid line, if one of them refuses the policy */
    static PolicyDocument read(Path file, String text) {
        PolicyReader reader = new PolicyReader();
        List<String> lines = PolicyCsv.lines(text);
        for (int i = 0; i < lines.size(); i++) {
            reader.add(file + ":" + (i + 1), lines.get(i));
        }
        return reader.document();
    }

    private PolicyDocument document() {
        Set<EntityRef> denied = rules.stream()
                .filter(rule -> !rule.allow())
                .map(PolicyRule::subject)
                .collect(Collectors.toSet());
        if (!faults.stream().allMatch(fault -> canBeLeftOut(fault, denied))) {
            throw new ConfigurationException(faults.stream().map(Fault::message).toList());
        }
        faults.forEach(fault -> warnings.add(fault.message() + "; the line is left out"));
        Set<EntityRef> everybody =
                memberships.stream().anyMatch(membership -> membership.role().equals(PolicyDocument.AUTHENTICATED))
                        ? Set.of()
                        : Set.of(PolicyDocument.AUTHENTICATED);
        return new PolicyDocument(List.copyOf(rules), List.copyOf(memberships), everybody, List.copyOf(warnings));
    }

    private static boolean canBeLeftOut(Fault fault, Set<EntityRef> denied) {
        return fault.isGrant()
                || fault.role()
                        .filter(role -> !denied.contains(role) && !role.equals(PolicyDocument.AUTHENTICATED))
                        .isPresent();
    }

    private void add(String where, String line) {
        try {
            List<String> fields = PolicyCsv.fields(line);
            if (fields.isEmpty()) {
                return;
            }
            switch (fields.getFirst()) {
                case "p" -> addRule(where, fields);
                case "g" -> addMembership(where, fields);
                default -> refuse(where, "a line begins with p or g, not '" + fields.getFirst() + "'");
            }
        } catch (IllegalArgumentException malformed) {
            refuse(where, String.valueOf(malformed.getMessage()));
        }
    }

    private void refuse(String where, String rule) {
        faults.add(new Fault(where + ": " + rule, false, Optional.empty()));
    }

    private void addRule(String where, List<String> fields) {
        if (fields.size() != RULE_FIELDS) {
            refuse(where, "must have the form p, role, permission, action, allow|deny; conditions are not supported");
            return;
        }
        String effect = fields.getLast();
        try {
            if (fields.contains("")) {
                throw new IllegalArgumentException("must have the form p, role, permission, action, allow|deny");
            }
            if (!effect.equals(ALLOW) && !effect.equals(DENY)) {
                throw new IllegalArgumentException("the effect '" + effect + "' is neither allow nor deny");
            }
            Permission permission = new Permission(fields.get(2), action(fields.get(3)));
            EntityRef subject = PolicySubject.ofRule(fields.get(1));
            rules.add(new PolicyRule(subject, permission, effect.equals(ALLOW), where));
        } catch (IllegalArgumentException invalid) {
            faults.add(new Fault(where + ": " + invalid.getMessage(), effect.equals(ALLOW), Optional.empty()));
        }
    }

    private static Permission.Action action(String name) {
        return Arrays.stream(Permission.Action.values())
                .filter(action -> action.policyName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the action '" + name
                        + "' is not one of "
                        + Arrays.stream(Permission.Action.values())
                                .map(Permission.Action::policyName)
                                .collect(Collectors.joining(", "))));
    }

    private void addMembership(String where, List<String> fields) {
        if (fields.size() != MEMBERSHIP_FIELDS) {
            refuse(where, "must have the form g, user or group, role");
            return;
        }
        EntityRef role = PolicySubject.role(fields.get(2));
        try {
            memberships.add(new Membership(PolicySubject.member(fields.get(1)), role, where));
            if (role.equals(PolicyDocument.AUTHENTICATED)) {
                warnings.add(where + ": gives " + role + " to " + fields.get(1)
                        + ", so only the users and groups of g lines have this role, not every signed-in user");
            }
        } catch (IllegalArgumentException invalid) {
            faults.add(new Fault(where + ": " + invalid.getMessage(), false, Optional.of(role)));
        }
    }
}
