package dev.belfry.host.casbin;

import static dev.belfry.host.casbin.PolicySetting.CREATE;
import static dev.belfry.host.casbin.PolicySetting.allows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.belfry.api.access.Permissions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCsvTest {

    @TempDir
    Path folder;

    @Test
    void fieldsMayBeQuotedAndHaveBlanksAround() {
        assertThat(PolicyCsv.fields(" p ,  \"role:default/team\" ,bells.create\t, \"a \"\"b\"\", c\" "))
                .containsExactly("p", "role:default/team", "bells.create", "a \"b\", c");
        assertThat(PolicyCsv.fields("p,,\"\",x")).containsExactly("p", "", "", "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "# p, a", "   # p, a", "#"})
    void blankLinesAndCommentsHaveNoFields(String line) {
        assertThat(PolicyCsv.fields(line)).isEmpty();
    }

    @Test
    void aCommentFollowsABlankOutsideOfQuotes() {
        assertThat(PolicyCsv.fields("p, a, b # c, d")).containsExactly("p", "a", "b");
        assertThat(PolicyCsv.fields("p, \"a # b\", \"\"\" # c\"\t# \"d")).containsExactly("p", "a # b", "\" # c");
        assertThat(PolicyCsv.fields("p, a#b, #")).containsExactly("p", "a#b");
    }

    @Test
    void emptyFieldsAtTheEndDoNotCount() {
        assertThat(PolicyCsv.fields("g, user:default/ada, role:default/team, ,\"\",,"))
                .containsExactly("g", "user:default/ada", "role:default/team");
        assertThat(PolicyCsv.fields(",,")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p, \"role", "p, \"role\" x, b", "\""})
    void aQuoteMustEnd(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyCsv.fields(line))
                .withMessageContaining("is not CSV");
    }

    /** A byte order mark, CRLF, quotes, a comment and no line end at the end. */
    @Test
    void aFileOfASpreadsheetIsRead() {
        try (PolicySetting setting = new PolicySetting(folder)) {
            Permissions permissions = setting.policy("\uFEFFp,\"role:default/team\",bells.create,create,allow\r\n"
                    + "  # who\r\n\r\n"
                    + "g,\"user:default/ada\",\"role:default/team\"");

            assertThat(allows(permissions, "ada", CREATE)).isTrue();
            assertThat(PolicyPermissions.check(setting.settings(), setting.names, setting.declared)
                            .warnings())
                    .isEmpty();
        }
    }
}
