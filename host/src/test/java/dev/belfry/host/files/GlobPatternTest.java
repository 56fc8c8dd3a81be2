package dev.belfry.host.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        org/*.yaml              | org/users.yaml           | true
        org/*.yaml              | org/sub/users.yaml       | false
        org/**/*.yaml           | org/users.yaml           | true
        org/**/*.yaml           | org/a/b/users.yaml       | true
        org/{users,teams}.yaml  | org/teams.yaml           | true
        org/{users,teams}.yaml  | org/others.yaml          | false
        org/{a,b/{c,d}}.yaml    | org/b/d.yaml             | true
        org/u?er[a-s].yaml      | org/users.yaml           | true
        org/user[!s].yaml       | org/users.yaml           | false
        ORG/Users.yaml          | org/users.yaml           | true
        org/a+b(1).yaml         | org/a+b(1).yaml          | true
        https://host/o/**       | https://host/o/r/x.yaml  | true
        """)
    void patternsAreReadAsBackstageReadsThem(String pattern, String path, boolean matches) {
        assertThat(new GlobPattern(pattern).matches(path)).isEqualTo(matches);
    }

    @Test
    void aWildcardDoesNotMatchAHiddenName() {
        assertThat(GlobPattern.name("*.yaml").matcher(".hidden.yaml").matches()).isFalse();
        assertThat(GlobPattern.name(".*.yaml").matcher(".hidden.yaml").matches())
                .isTrue();
    }

    @Test
    void theFolderIsThePartBeforeTheFirstWildcard() {
        assertThat(new GlobPattern("/org/users/a*.yaml").folder()).isEqualTo("/org/users/");
        assertThat(new GlobPattern("*.yaml").folder()).isEmpty();
    }

    @Test
    void bracesThatMultiplyWithoutEndAreRefused() {
        assertThatThrownBy(() -> new GlobPattern("{a,b}".repeat(30)).requireValid())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stands for more than 1000 patterns");
    }
}
