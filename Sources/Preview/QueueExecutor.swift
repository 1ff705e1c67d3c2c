import Dispatch

/// Runs tasks one after the other on a thread of its own, so that a preview answers while every other thread computes.
final class QueueExecutor: TaskExecutor {
  /// The queue; timers of the same tasks may use it.
  let queue = DispatchQueue(label: "preview", qos: .userInteractive)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }

  /// Waits; unlike `Task.sleep`, without one of the threads that compute.
  func sleep(milliseconds: Int) async {
    await withCheckedContinuation { continuation in
      queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { continuation.resume() }
    }
  }
}

extension DispatchQueue {
  /// Does something again and again, each time so long after the last has ended, until it returns false.
  func every(milliseconds: Int, _ action: @escaping @Sendable () -> Bool) {
    asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [self] in
      if action() { every(milliseconds: milliseconds, action) }
    }
  }
}
