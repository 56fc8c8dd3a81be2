package dev.belfry.host.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.belfry.api.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A settings record can end up in a log: no component holds a secret that its toString would print. */
class SecretComponentsTest {

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|secret|token|passphrase|key)s?");

    private static void walk(Type type, Set<Class<?>> records) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                walk(argument, records);
            }
        } else if (type instanceof Class<?> raw && raw.isSealed()) {
            for (Class<?> permitted : raw.getPermittedSubclasses()) {
                walk(permitted, records);
            }
        } else if (type instanceof Class<?> raw && raw.isRecord() && records.add(raw)) {
            for (RecordComponent component : raw.getRecordComponents()) {
                walk(component.getGenericType(), records);
            }
        }
    }

    private static boolean isFlag(RecordComponent component) {
        return component.getGenericType().getTypeName().toLowerCase(Locale.ROOT).contains("boolean");
    }

    @Test
    void everyConfidentialComponentIsASecret() {
        Set<Class<?>> records = new HashSet<>();
        walk(HostSettings.class, records);
        walk(HostKeys.class, records);
        List<RecordComponent> confidential = new ArrayList<>();
        for (Class<?> record : records) {
            for (RecordComponent component : record.getRecordComponents()) {
                if (SECRET.matcher(component.getName()).matches() && !isFlag(component)) {
                    confidential.add(component);
                }
            }
        }

        assertThat(records).contains(DatabaseSettings.Postgres.class, AuthSettings.ExternalAccess.StaticToken.class);
        assertThat(confidential)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(component ->
                        assertThat(component.getGenericType().getTypeName()).contains(Secret.class.getName()));
    }
}
