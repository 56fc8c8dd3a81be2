package dev.belfry.host.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Errors of servers whose {@code lc_messages} is not English. */
class PostgresProblemTest {

    private static final DatabaseAddress ADDRESS =
            new DatabaseAddress.Postgres("db:5432", "db", "main", "ada", "belfry", false);

    /** @param fields by the letter of the protocol: C = state, M = message, R = function */
    private static String problem(Map<Character, String> fields) {
        String encoded = fields.entrySet().stream()
                .map(field -> field.getKey() + field.getValue() + "\0")
                .collect(Collectors.joining());
        return DatabaseProblem.of(new PSQLException(new ServerErrorMessage("SFATAL\0" + encoded)), ADDRESS);
    }

    private static String refused(String routine, String message) {
        return problem(Map.of('C', "28000", 'R', routine, 'M', message));
    }

    @Test
    void aMissingClientCertificateIsNamed() {
        assertThat(refused("ClientAuthentication", "Verbindung erfordert ein g\u00fcltiges Clientzertifikat"))
                .contains("demands a client certificate for the user 'ada'");
    }

    @Test
    void aMissingRuleIsNamedWithTheHintForConnectionsWithoutTls() {
        assertThat(refused(
                        "ClientAuthentication",
                        "kein pg_hba.conf-Eintrag f\u00fcr Host \u00bb127.0.0.1\u00ab, Benutzer \u00bbada\u00ab, keine"
                                + " Verschl\u00fcsselung"))
                .contains("does not admit the user 'ada'", "or set backend.database.connection.ssl if it demands TLS");
        assertThat(refused(
                        "ClientAuthentication",
                        "kein pg_hba.conf-Eintrag f\u00fcr Host \u00bb127.0.0.1\u00ab, SSL-Verschl\u00fcsselung"))
                .contains("does not admit the user 'ada'")
                .doesNotContain("demands TLS");
    }

    @Test
    void aMissingRoleIsNamed() {
        assertThat(refused("InitializeSessionUserId", "Rolle \u00bbada\u00ab existiert nicht"))
                .endsWith("create the role, or add a line for it to pg_hba.conf");
    }

    @ParameterizedTest
    @CsvSource({
        "relation \"bells\" does not exist",
        "Relation \u00bbbells\u00ab existiert nicht",
        "la relation \u00ab bells \u00bb n'existe pas",
        "\u95a2\u4fc2 \u300cbells\u300d \u304c\u3042\u308a\u307e\u305b\u3093"
    })
    void aMissingTableIsNamed(String message) {
        assertThat(problem(Map.of('C', "42P01", 'M', message)))
                .startsWith("the table 'bells' is missing in the schema");
    }
}
