#include "ledger/sqlite_store.h"

#include "contract/store_contract.h"
#include "contract/temporary_folder.h"

namespace duban::contract {
namespace {

class SqlitePlace final : public LedgerPlace {
 public:
  explicit SqlitePlace(bool own_thread) : own_thread_(own_thread) {}
  std::unique_ptr<ledger::Store> open(boost::asio::any_io_executor executor,
                                      ledger::Fault fault) override {
    ledger::StoreOptions options;
    options.path = folder_.path() / "ledger.db";
    options.executor = executor;
    options.own_thread = own_thread_;
    options.fault = std::move(fault);
    auto store = ledger::open_sqlite_store(std::move(options));
    if (!store) throw std::runtime_error(store.error());
    return std::move(*store);
  }

 private:
  TemporaryFolder folder_;
  bool own_thread_;
};

StoreMaker maker(std::string name, bool own_thread) {
  return {std::move(name), [own_thread] { return std::make_unique<SqlitePlace>(own_thread); }};
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(maker("OwnThread", true), maker("Inline", false)),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace duban::contract
