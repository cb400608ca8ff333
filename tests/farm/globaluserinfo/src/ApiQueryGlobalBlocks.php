<?php

namespace FarmGlobalUserInfo;

use ApiBase;
use ApiQueryBase;
use ApiResult;
use Wikimedia\ParamValidator\ParamValidator;
use Wikimedia\ParamValidator\TypeDef\IntegerDef;

/**
 * list=globalblocks for accounts, answered from global.json.
 *
 * The shape is that of includes/Api/ApiQueryGlobalBlocks.php (GlobalBlocking REL1_43). A target that is missing or
 * hidden is no error there: it has no block.
 */
class ApiQueryGlobalBlocks extends ApiQueryBase {

	/** What comes with a property, beside the property itself; the same for all blocks of a farm. */
	private const BESIDE = [
		'target' => [
			'anononly' => false,
			'account-creation-disabled' => true,
			'autoblocking-enabled' => false,
			'automatic' => false,
		],
		'by' => [ 'bywiki' => 'metawiki' ],
	];

	/** @param \ApiQuery $query @param string $moduleName */
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'bg' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		$standing = $accounts->blocks();
		if ( $params['targets'] !== null ) {
			// As they are written: no name is made to begin with a capital, none to lose its underscores.
			$standing = array_intersect_key( $standing, array_flip( $params['targets'] ) );
		}
		$prop = array_flip( $params['prop'] );
		$told = [];
		foreach ( array_slice( $standing, 0, $params['limit'] ) as $block ) {
			$beside = array_merge( [], ...array_values( array_intersect_key( self::BESIDE, $prop ) ) );
			$told[] = array_intersect_key( $block, $prop ) + $beside + [ ApiResult::META_TYPE => 'assoc' ];
		}
		ApiResult::setIndexedTagName( $told, 'block' );
		$this->getResult()->addValue( 'query', $this->getModuleName(), $told );
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
