<?php

namespace FarmGlobalUserInfo;

use ApiBase;
use ApiQueryBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;
use Wikimedia\ParamValidator\TypeDef\IntegerDef;

/**
 * list=globalblocks for accounts, answered from global.json.
 */
class ApiQueryGlobalBlocks extends ApiQueryBase {

	/** @param \ApiQuery $query @param string $moduleName */
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'bg' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		$found = [];
		foreach ( (array)$params['targets'] as $name ) {
			$account = $accounts->find( $name );
			if ( !$account || ( $account['facts']['hidden'] ?? false ) ) {
				$this->dieWithError( [ 'farmglobaluserinfo-badtarget', wfEscapeWikiText( $name ) ], 'nosuchuser' );
			}
			if ( isset( $account['facts']['globalblock'] ) ) {
				$block = $account['facts']['globalblock'] + [ 'id' => $account['id'], 'target' => $name ];
				$found[] = array_intersect_key( $block, array_fill_keys( $params['prop'], true ) );
			}
		}
		ApiResult::setIndexedTagName( $found, 'block' );
		$this->getResult()->addValue( 'query', $this->getModuleName(), array_slice( $found, 0, $params['limit'] ) );
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'targets' => [ ParamValidator::PARAM_ISMULTI => true ],
			'limit' => [
				ParamValidator::PARAM_DEFAULT => 10,
				ParamValidator::PARAM_TYPE => 'limit',
				IntegerDef::PARAM_MIN => 1,
				IntegerDef::PARAM_MAX => ApiBase::LIMIT_BIG1,
				IntegerDef::PARAM_MAX2 => ApiBase::LIMIT_BIG2,
			],
			'prop' => [
				ParamValidator::PARAM_DEFAULT => 'id|target|by|timestamp|expiry|reason',
				ParamValidator::PARAM_TYPE => [ 'id', 'target', 'by', 'timestamp', 'expiry', 'reason', 'range' ],
				ParamValidator::PARAM_ISMULTI => true,
			],
		];
	}
}
