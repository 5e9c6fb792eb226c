/** Contract suites, fakes and fault-injecting device simulators for tests and demonstrations. */
@NullMarked
package io.polegate.testkit;

import org.jspecify.annotations.NullMarked;
