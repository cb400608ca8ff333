<?php

namespace FarmGlobalUserInfo;

use ApiQueryBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;

/**
 * meta=globalrenamestatus, answered from global.json.
 *
 * The shape is that of includes/Api/ApiQueryGlobalRenameStatus.php (CentralAuth REL1_43): a rename stands under the
 * name that was asked for, be it the old or the new one; where nothing is in progress there is no answer at all.
 */
class ApiQueryGlobalRenameStatus extends ApiQueryBase {

	/** @param \ApiQuery $query @param string $moduleName */
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'grs' );
	}

	/** @inheritDoc */
	public function execute() {
		$user = $this->extractRequestParams()['user'];
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		foreach ( $accounts->renames() as $name => $rename ) {
			if ( $user === null ? $name === $rename['to'] : $name === $user ) {
				ApiResult::setArrayType( $rename['status'], 'assoc' );
				$this->getResult()->addValue( [ 'query', $this->getModuleName() ], $name, $rename );
			}
		}
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [ 'user' => [ ParamValidator::PARAM_TYPE => 'user' ] ];
	}
}
