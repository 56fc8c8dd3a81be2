package dev.belfry.host.casbin;

import dev.belfry.api.ConfigurationException;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads a policy in the CSV format of Backstage's RBAC plugin: {@code p, <role>, <permission>, <action>, allow|deny} and
 * {@code g, <user or group>, <role>}. Names of users, groups and roles are case-insensitive.
 *
 * <p>A faulty line is left out with a warning if the policy without it cannot allow more than the operator meant; see
 * {@link FaultyLine}. Every other faulty line refuses the whole policy.
 */
final class PolicyReader {

    static final int RULE_FIELDS = 5;
    static final int MEMBERSHIP_FIELDS = 3;
    static final String ALLOW = "allow";
    static final String DENY = "deny";

    private static final Pattern KIND = Pattern.compile("(?m)^kind: *[\"']?(\\w+)");
    private static final Pattern API_VERSION = Pattern.compile("(?m)^apiVersion:");
    private static final Pattern DATA_KEY = Pattern.compile("(?m)^ +([\\w.-]+): *[|>]");

    private final List<PolicyRule> rules = new ArrayList<>();
    private final List<Membership> memberships = new ArrayList<>();
    private final List<FaultyLine> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private PolicyReader() {}

    /**
     * @param warn gets each line that is left out, or would be without the lines that refuse the policy
     * @throws ConfigurationException naming every line that refuses the policy
     */
    static PolicyDocument read(Path file, String text, Consumer<String> warn) {
        requireNoKubernetesResource(file, text);
        PolicyReader reader = new PolicyReader();
        List<String> lines = PolicyCsv.lines(text);
        for (int i = 0; i < lines.size(); i++) {
            reader.add(file + ":" + (i + 1), lines.get(i));
        }
        return reader.document(warn);
    }

    /** Each of its lines is faulty, which does not say what the file is. */
    private static void requireNoKubernetesResource(Path file, String text) {
        Matcher kind = KIND.matcher(text);
        if (kind.find() && API_VERSION.matcher(text).find()) {
            long line = text.substring(0, kind.start()).lines().count() + 1;
            String keys =
                    DATA_KEY.matcher(text).results().map(key -> key.group(1)).collect(Collectors.joining(" or "));
            throw new ConfigurationException(List.of(file + ":" + line + ": this is a Kubernetes " + kind.group(1)
                    + ", not a policy: write the lines of "
                    + (keys.isEmpty() ? "its policy" : "its key " + keys) + " to a file of their own"));
        }
    }

    /** A g line limits the role {@code authenticated} to its users. With a misspelled role, all users would keep it. */
    private void requireNoMisspelledEverybody() {
        memberships.stream()
                .filter(given -> FaultyLine.mayBeEverybodys(given.role())
                        && !given.role().equals(PolicyDocument.AUTHENTICATED)
                        && rules.stream().noneMatch(rule -> rule.subject().equals(given.role())))
                .forEach(given -> faults.add(new FaultyLine(
                        given.where() + ": no p line names the role '" + given.role() + "'; did you mean '"
                                + PolicyDocument.AUTHENTICATED + "'?",
                        List.of("g", given.member().toString(), given.role().toString()))));
    }

    private PolicyDocument document(Consumer<String> warn) {
        requireNoMisspelledEverybody();
        Set<EntityRef> denied = rules.stream()
                .filter(rule -> !rule.allow())
                .map(PolicyRule::subject)
                .collect(Collectors.toSet());
        List<String> refusing = new ArrayList<>();
        List<String> harmless = new ArrayList<>();
        faults.forEach(fault -> (fault.canBeLeftOut(denied) ? harmless : refusing).add(fault.message()));
        String consequence = refusing.isEmpty() ? "; the line is left out" : "; this line alone would be left out";
        harmless.forEach(fault -> warn.accept(fault + consequence));
        if (!refusing.isEmpty()) {
            throw new ConfigurationException(refusing);
        }
        Set<EntityRef> everybody =
                memberships.stream().anyMatch(membership -> membership.role().equals(PolicyDocument.AUTHENTICATED))
                        ? Set.of()
                        : Set.of(PolicyDocument.AUTHENTICATED);
        return new PolicyDocument(
                List.copyOf(rules), List.copyOf(memberships), everybody, faults.isEmpty(), List.copyOf(warnings));
    }

    private void add(String where, String line) {
        List<String> fields = List.of(line.split(","));
        try {
            fields = PolicyCsv.fields(line);
            if (fields.isEmpty()) {
                return;
            }
            switch (fields.getFirst()) {
                case "p" -> rules.add(rule(where, fields));
                case "g" -> addMembership(where, fields);
                default ->
                    throw new IllegalArgumentException("a line begins with p or g, not '" + fields.getFirst() + "'");
            }
        } catch (IllegalArgumentException malformed) {
            faults.add(new FaultyLine(where + ": " + malformed.getMessage(), fields));
        }
    }

    private static PolicyRule rule(String where, List<String> fields) {
        if (fields.size() != RULE_FIELDS) {
            throw new IllegalArgumentException(
                    "must have the form p, role, permission, action, allow|deny; conditions are not supported");
        }
        if (fields.contains("")) {
            throw new IllegalArgumentException("must have the form p, role, permission, action, allow|deny");
        }
        String effect = fields.getLast();
        if (!effect.equals(ALLOW) && !effect.equals(DENY)) {
            throw new IllegalArgumentException("the effect '" + effect + "' is neither allow nor deny");
        }
        if (fields.get(2).contains("*")) {
            throw new IllegalArgumentException(
                    "'" + fields.get(2) + "' names no permission; write a line for each permission");
        }
        Permission permission = new Permission(fields.get(2), action(fields.get(3)));
        return new PolicyRule(PolicySubject.ofRule(fields.get(1)), permission, effect.equals(ALLOW), where);
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
            throw new IllegalArgumentException("must have the form g, user or group, role");
        }
        EntityRef role = PolicySubject.role(fields.get(2));
        memberships.add(new Membership(PolicySubject.member(fields.get(1)), role, where));
        if (role.equals(PolicyDocument.AUTHENTICATED)) {
            warnings.add(where + ": gives " + role + " to " + fields.get(1)
                    + ", so only the users and groups of g lines have this role, not every signed-in user");
        }
    }
}
