package io.superneurons.jobs.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBudgetTest {
  @ParameterizedTest
  @CsvSource({
    "100, 100, 1000000, false",
    "100, 101, 101, true",
    "0, 1, 1, true",
    "1%, 999, 999, false", // too few rows to say
    "1%, 10, 1000, false",
    "1%, 11, 1000, true",
    "0.5%, 6, 1000, true",
    "100%, 5000, 5000, false",
  })
  void isSpentWhenMoreRowsFail(String budget, long errors, long rows, boolean spent) {
    assertEquals(spent, ErrorBudget.of(budget).isSpent(errors, rows));
    assertEquals(budget, ErrorBudget.of(budget).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "2%, 900, 900, true",
    "2%, 1, 10, true",
    "2%, 2, 100, false",
    "100%, 3, 3, false",
    "3, 3, 3, false",
    "3, 4, 4, true",
    "0%, 0, 0, false",
  })
  void atTheEndOfARunAShareHoldsHoweverFewTheRows(
      String budget, long errors, long rows, boolean spent) {
    assertEquals(spent, ErrorBudget.of(budget).isSpentAtEnd(errors, rows));
  }

  @ParameterizedTest
  @ValueSource(strings = {"many", "-1", "1.5", "101%", "%", ""})
  void whatIsNoBudgetIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ErrorBudget.of(text));
  }
}
