package dev.belfry.host.casbin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import dev.belfry.api.access.Permission;
import dev.belfry.api.catalog.EntityRef;
import dev.belfry.host.access.DeclaredPermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;

/** A loaded policy. jCasbin decides; decisions are cached for the lifetime of this object. */
final class Policy {

    private static final int MAX_REMEMBERED = 10_000;

    /** A caller has several names: the user, its groups, and the roles of all signed-in users. */
    private static final String MODEL = """
            [request_definition]
            r = names, obj, act

            [policy_definition]
            p = sub, obj, act, eft

            [role_definition]
            g = _, _

            [policy_effect]
            e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

            [matchers]
            m = r.obj == p.obj && r.act == p.act && anyHasRole(r.names, p.sub)
            """;

    private final Enforcer enforcer;
    private final PolicyDocument document;

    /** Names that no line mentions decide nothing. Without them, most callers have the same names, and share decisions. */
    private final Set<EntityRef> mentioned;

    private final Cache<DecisionKey, Boolean> decided =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    private record DecisionKey(Set<EntityRef> names, Permission permission) {}

    Policy(PolicyDocument document) {
        this.document = document;
        mentioned = Stream.concat(
                        document.rules().stream().map(PolicyRule::subject),
                        document.memberships().stream().map(Membership::member))
                .collect(Collectors.toSet());
        Model model = new Model();
        model.loadModelFromText(MODEL);
        enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        enforcer.addFunction("anyHasRole", new AnyHasRole());
        document.rules().forEach(rule -> enforcer.addPolicy(fields(rule)));
        document.memberships()
                .forEach(membership -> enforcer.addGroupingPolicy(List.of(
                        membership.member().toString(), membership.role().toString())));
    }

    private static List<String> fields(PolicyRule rule) {
        return List.of(
                rule.subject().toString(),
                rule.permission().name(),
                rule.permission().action().policyName(),
                rule.allow() ? "allow" : "deny");
    }

    /** @param names the user and its groups */
    boolean allows(Set<EntityRef> names, Permission permission) {
        return decided.get(new DecisionKey(relevant(names), permission), this::decide);
    }

    /** The lines that deny it, so that no other line can allow it. */
    List<PolicyRule> denials(Set<EntityRef> names, Permission permission) {
        return ofHolders(
                names,
                document.rules().stream()
                        .filter(rule -> !rule.allow() && rule.permission().equals(permission))
                        .toList());
    }

    /** The rules that are about one of these names. */
    List<PolicyRule> ofHolders(Set<EntityRef> names, List<PolicyRule> rules) {
        if (rules.isEmpty()) {
            return rules;
        }
        Set<EntityRef> held = relevant(names);
        return rules.stream()
                .filter(rule -> anyHas(held, rule.subject().toString()))
                .toList();
    }

    /** See {@link UndeclaredPermissions#denials}. */
    Map<Permission, List<PolicyRule>> misspelledDenials(DeclaredPermissions declared) {
        return UndeclaredPermissions.in(document.rules(), declared).denials();
    }

    /** See {@link UnnamedPlugins}. */
    Set<String> unnamedPlugins(DeclaredPermissions declared) {
        return UnnamedPlugins.in(document, declared);
    }

    private Set<EntityRef> relevant(Set<EntityRef> names) {
        Set<EntityRef> held = new HashSet<>(document.everybody());
        names.stream().filter(mentioned::contains).forEach(held::add);
        return held;
    }

    // jCasbin's enforcer is not thread-safe.
    private synchronized boolean decide(DecisionKey key) {
        return enforcer.enforce(
                key.names(), key.permission().name(), key.permission().action().policyName());
    }

    private synchronized boolean anyHas(Set<?> names, String wanted) {
        return names.stream()
                .map(String::valueOf)
                .anyMatch(
                        name -> name.equals(wanted) || enforcer.getRoleManager().hasLink(name, wanted));
    }

    private final class AnyHasRole extends CustomFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public AviatorObject call(Map<String, Object> env, AviatorObject names, AviatorObject role) {
            boolean has =
                    names.getValue(env) instanceof Set<?> held && anyHas(held, String.valueOf(role.getValue(env)));
            return AviatorBoolean.valueOf(has);
        }

        @Override
        public String getName() {
            return "anyHasRole";
        }
    }
}
