package dev.belfry.plugins.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import dev.belfry.plugins.scim.CatalogScimConfig.UserNamePart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceRuleTest {

    private static final ReferenceRule WHOLE = new ReferenceRule("default", UserNamePart.WHOLE);
    private static final ReferenceRule LOCAL = new ReferenceRule("default", UserNamePart.LOCAL_PART);

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, user:default/ada_example.org",
        "Ada.Lovelace, user:default/ada.lovelace",
        "'ada (reader)', user:default/ada_reader",
        "K\u00e4the, user:default/k_the",
        // The Kelvin sign, whose lower case is the letter k, does not become that letter.
        "mi\u212ae, user:default/mi_e"
    })
    void aNameIsNormalized(String userName, String ref) throws Exception {
        assertThat(WHOLE.refOf(ResourceKind.USER, userName)).hasToString(ref);
    }

    @Test
    void theLocalPartIsOfUsersOnly() throws Exception {
        assertThat(LOCAL.refOf(ResourceKind.USER, "ada@example.org")).hasToString("user:default/ada");
        assertThat(LOCAL.refOf(ResourceKind.GROUP, "team@example.org")).hasToString("group:default/team_example.org");
    }

    @Test
    void aNameThatIsTooLongIsRefused() {
        assertThatThrownBy(() -> WHOLE.refOf(ResourceKind.USER, "x".repeat(64)))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("cannot be a name in the catalog");
    }
}
