// Keeping what units hand in.

#include <spdlog/spdlog.h>

#include "engine/engine_impl.h"

namespace duban::engine {

namespace asio = boost::asio;

asio::awaitable<Answer<std::string>> Engine::keep_file(std::string bytes) {
  auto kept = std::make_shared<std::expected<std::string, std::error_code>>();
  auto files = impl_->files;
  auto shared = std::make_shared<const std::string>(std::move(bytes));
  co_await impl_->aside.run([kept, files, shared] { *kept = files.keep(*shared); });
  if (*kept) co_return std::move(**kept);
  spdlog::error("a handed-in file was not kept: {}", kept->error().message());
  co_return std::unexpected(
      Refusal{"not-written",
              both("文件没有存下:{}", "the file was not kept: {}", kept->error().message()),
              {"看状态目录所在的磁盘还有没有地方",
               "make sure that the disk of the state folder has room"}});
}

}  // namespace duban::engine
