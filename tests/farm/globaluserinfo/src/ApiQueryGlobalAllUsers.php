<?php

namespace FarmGlobalUserInfo;

use ApiBase;
use ApiQueryBase;
use ApiResult;
use MediaWiki\MediaWikiServices;
use Wikimedia\ParamValidator\ParamValidator;
use Wikimedia\ParamValidator\TypeDef\IntegerDef;

/**
 * list=globalallusers, answered from the databases of the farm.
 *
 * The shape is that of includes/Api/ApiQueryGlobalAllUsers.php (CentralAuth REL1_43). Its groups and its choices of
 * temporary accounts are left out.
 */
class ApiQueryGlobalAllUsers extends ApiQueryBase {

	/** @param \ApiQuery $query @param string $moduleName */
	public function __construct( $query, $moduleName ) {
		parent::__construct( $query, $moduleName, 'agu' );
	}

	/** @inheritDoc */
	public function execute() {
		$params = $this->extractRequestParams();
		$accounts = new GlobalAccounts( $this->getConfig()->get( 'FarmGlobalUserInfoRun' ) );
		$told = [];
		foreach ( $this->names( $accounts, $params ) as $name ) {
			$account = $accounts->find( $name );
			if ( !$account || ( $account['facts']['hidden'] ?? false ) ) {
				continue;
			}
			if ( count( $told ) === $params['limit'] ) {
				$this->setContinueEnumParameter( 'from', $name );
				break;
			}
			$told[] = $this->describe( $account, array_flip( (array)$params['prop'] ) );
		}
		ApiResult::setIndexedTagName( $told, 'globaluser' );
		$this->getResult()->addValue( 'query', $this->getModuleName(), $told );
	}

	private function names( GlobalAccounts $accounts, array $params ): array {
		[ $least, $most ] = [ $params['from'] ?? '', $params['to'] ?? null ];
		$names = $accounts->names();
		if ( $params['dir'] === 'descending' ) {
			[ $least, $most ] = [ $params['to'] ?? '', $params['from'] ?? null ];
			$names = array_reverse( $names );
		}
		return array_filter( $names, static fn ( $name ) => strcmp( $name, $least ) >= 0
			&& ( $most === null || strcmp( $name, $most ) <= 0 )
			&& str_starts_with( $name, $params['prefix'] ?? '' ) );
	}

	private function describe( array $account, array $prop ): array {
		$entry = [ 'id' => $account['id'], 'name' => $account['name'] ];
		if ( isset( $prop['groups'] ) ) {
			$entry['groups'] = $account['facts']['groups'] ?? [];
			ApiResult::setIndexedTagName( $entry['groups'], 'group' );
		}
		$here = MediaWikiServices::getInstance()->getMainConfig()->get( 'DBname' );
		// Flags are empty texts, also in formatversion 2.
		if ( isset( $prop['existslocally'] ) && in_array( $here, array_column( $account['merged'], 'wiki' ) ) ) {
			$entry['existslocally'] = '';
		}
		if ( isset( $prop['lockinfo'] ) && ( $account['facts']['locked'] ?? false ) ) {
			$entry['locked'] = '';
		}
		return $entry;
	}

	/** @inheritDoc */
	public function getAllowedParams() {
		return [
			'from' => null,
			'to' => null,
			'prefix' => null,
			'dir' => [
				ParamValidator::PARAM_DEFAULT => 'ascending',
				ParamValidator::PARAM_TYPE => [ 'ascending', 'descending' ],
			],
			'prop' => [
				ParamValidator::PARAM_TYPE => [ 'lockinfo', 'groups', 'existslocally' ],
				ParamValidator::PARAM_ISMULTI => true,
			],
			'limit' => [
				ParamValidator::PARAM_DEFAULT => 10,
				ParamValidator::PARAM_TYPE => 'limit',
				IntegerDef::PARAM_MIN => 1,
				IntegerDef::PARAM_MAX => ApiBase::LIMIT_BIG1,
				IntegerDef::PARAM_MAX2 => ApiBase::LIMIT_BIG2,
			],
		];
	}
}
