package dev.belfry.host.casbin;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.googlecode.aviator.runtime.type.AviatorBoolean;
import com.googlecode.aviator.runtime.type.AviatorObject;
import java.util.Map;
import java.util.Set;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.util.function.CustomFunction;

/** A loaded policy. jCasbin decides; decisions are cached for the lifetime of this object. */
final class Policy {

    private static final int MAX_REMEMBERED = 10_000;

    /** A caller has several names: the user, its current groups, and the role of all signed-in users. */
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
    private final Cache<DecisionKey, Boolean> decided =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    private record DecisionKey(Set<String> names, String permission, String action) {}

    Policy(PolicyFile file) {
        Model model = new Model();
        model.loadModelFromText(MODEL);
        enforcer = new Enforcer(model);
        enforcer.enableLog(false);
        enforcer.addFunction("anyHasRole", new AnyHasRole());
        file.rules().forEach(enforcer::addPolicy);
        file.memberships().forEach(enforcer::addGroupingPolicy);
    }

    boolean allows(Set<String> names, String permission, String action) {
        return decided.get(new DecisionKey(names, permission, action), this::decide);
    }

    // jCasbin's enforcer is not thread-safe.
    private synchronized boolean decide(DecisionKey key) {
        return enforcer.enforce(key.names(), key.permission(), key.action());
    }

    private final class AnyHasRole extends CustomFunction {
        private static final long serialVersionUID = 1L;

        @Override
        public AviatorObject call(Map<String, Object> env, AviatorObject names, AviatorObject role) {
            String wanted = String.valueOf(role.getValue(env));
            boolean has = names.getValue(env) instanceof Set<?> held
                    && held.stream()
                            .map(String::valueOf)
                            .anyMatch(name -> name.equals(wanted)
                                    || enforcer.getRoleManager().hasLink(name, wanted));
            return AviatorBoolean.valueOf(has);
        }

        @Override
        public String getName() {
            return "anyHasRole";
        }
    }
}
